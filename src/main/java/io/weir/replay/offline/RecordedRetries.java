package io.weir.replay.offline;

import io.weir.model.SenderKey;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attempts that verdicts had deferred when they were recorded, and whose retries are still to come in the record. Which retry belongs to
 * which attempt was not recorded: of a sender's, the one that waits longest is taken to come first, as edges have it.
 */
final class RecordedRetries {
    /** Beyond, a retry counts as an attempt of its own. */
    private static final int MOST = 1_000_000;

    private static final long LIFE_MS = 5 * 86_400_000L;

    private final Map<SenderKey, ArrayDeque<Deferred>> bySender = new HashMap<>();
    private int held;

    /**
     * An attempt that was recorded as deferred.
     *
     * @param sinceMs when it was tried first
     * @param hasPassed whether it was let in this time
     */
    record Deferred(long envelope, long sinceMs, boolean hasPassed) {}

    void add(SenderKey sender, Deferred attempt) {
        if (held < MOST) {
            bySender.computeIfAbsent(sender, none -> new ArrayDeque<>()).add(attempt);
            held++;
        }
    }

    /** The attempt that a recorded retry belongs to; null when none is known. What is older than senders try was given up. */
    @Nullable
    Deferred next(SenderKey sender, long nowMs) {
        ArrayDeque<Deferred> attempts = bySender.get(sender);
        if (attempts == null) {
            return null;
        }
        Deferred next = attempts.poll();
        while (next != null && nowMs - next.sinceMs >= LIFE_MS) {
            held--;
            next = attempts.poll();
        }
        held -= next == null ? 0 : 1;
        if (attempts.isEmpty()) {
            bySender.remove(sender);
        }
        return next;
    }
}
