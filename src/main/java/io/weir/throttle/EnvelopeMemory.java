package io.weir.throttle;

import io.weir.model.SenderKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which envelopes were deferred, so that their return counts as a retry and those that wait longest go first. Bounded: when full, the one
 * that was deferred least recently is forgotten, and counts as new if it returns. Not safe for use by several threads.
 */
public final class EnvelopeMemory {
    /** Senders whose turns are remembered; the least recent one then begins anew. */
    private static final int MOST_SENDERS = 10_000;
    /** Hours that senders keep trying: more than anybody can have waited. */
    private static final double LEAST_TURNS = -5 * 24;
    /** What was not used is not saved up. */
    private static final double MOST_TURNS = 1;

    private final int capacity;
    private final long lifeMs;
    private final LinkedHashMap<Long, Deferred> deferred = new LinkedHashMap<>();
    private final LinkedHashMap<SenderKey, Double> turns = new LinkedHashMap<>();

    private record Deferred(long sinceMs, long lastMs) {}

    /**
     * @param capacity envelopes remembered at most
     * @param lifeMs after this time without a retry an envelope is new again; senders give up after about 5 days
     */
    public EnvelopeMemory(int capacity, long lifeMs) {
        if (capacity < 1 || lifeMs < 1) {
            throw new IllegalArgumentException("capacity and life must be positive, got " + capacity + ", " + lifeMs);
        }
        this.capacity = capacity;
        this.lifeMs = lifeMs;
    }

    /** What is remembered of the envelope if it was deferred before; its attempt now is a retry then. Else null. */
    public @Nullable Waiting waiting(SenderKey sender, long envelope, long nowMs) {
        Deferred last = deferred.get(envelope);
        if (last == null || nowMs - last.lastMs >= lifeMs) {
            return null;
        }
        boolean again = nowMs / Horizon.SLOT_MS == last.lastMs / Horizon.SLOT_MS;
        return new Waiting(last.sinceMs, again, turns.getOrDefault(sender, 0.0));
    }

    /** Takes note of what an edge answered. */
    public void answered(SenderKey sender, long envelope, Answer answer, long nowMs) {
        Waiting waiting = waiting(sender, envelope, nowMs);
        if (waiting != null && !waiting.again()) {
            useTurn(sender, waiting.turns(), answer);
        }
        deferred.remove(envelope);
        if (answer.defers()) {
            deferred.put(envelope, new Deferred(waiting == null ? nowMs : waiting.sinceMs(), nowMs));
            forgetEldest(deferred, capacity);
        }
    }

    private void useTurn(SenderKey sender, double before, Answer answer) {
        double fraction = answer.fraction();
        if (fraction < 1) {
            double after = before + fraction - (answer.defers() ? 0 : 1);
            turns.remove(sender);
            turns.put(sender, Math.max(LEAST_TURNS, Math.min(MOST_TURNS, after)));
            forgetEldest(turns, MOST_SENDERS);
        }
    }

    private static <K, V> void forgetEldest(LinkedHashMap<K, V> map, int most) {
        if (map.size() > most) {
            Map.Entry<K, V> eldest = map.entrySet().iterator().next();
            map.remove(eldest.getKey());
        }
    }

    public int size() {
        return deferred.size();
    }
}
