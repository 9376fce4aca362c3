package io.weir.edge;

import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.Knowledge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last verdict on every client, as an edge keeps it. Any number of threads may read while one writes.
 *
 * <p>A verdict with an older sequence than the one known is not taken: an engine that lost its work to another may still send what it had
 * decided before. A tombstone forgets the client, sequence included, so that a site may start its engine's state anew.
 *
 * <p>Bounded: a full table first forgets what has expired, then takes no further clients, whose mail passes.
 */
public final class VerdictTable implements Knowledge, VerdictListener {
    /** A verdict takes about 300 bytes here. */
    private static final int DEFAULT_CAPACITY = 1_000_000;

    /** Texts that recur in verdict after verdict; a site has a handful of rules and a dozen reasons. */
    private static final int MOST_SHARED_TEXTS = 1_000;

    private final int capacity;
    private final Map<String, Verdict> latest = new ConcurrentHashMap<>();
    private final Map<String, String> sharedTexts = new ConcurrentHashMap<>();
    private long newestMs;
    private long refusals;

    public VerdictTable() {
        this(DEFAULT_CAPACITY);
    }

    /** @param capacity clients at most */
    public VerdictTable(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, got " + capacity);
        }
        this.capacity = capacity;
    }

    @Override
    public void verdict(String client, @Nullable Verdict verdict) {
        take(client, verdict);
    }

    /**
     * Takes note of one record.
     *
     * @param verdict null for a tombstone
     * @return false when it was not news: older than what is known, a tombstone of an unknown client, or no room is left
     */
    public synchronized boolean take(String client, @Nullable Verdict verdict) {
        if (verdict == null) {
            return latest.remove(client) != null;
        }
        newestMs = Math.max(newestMs, verdict.decidedAtMs());
        Verdict known = latest.get(client);
        if (known != null && verdict.seq() <= known.seq()) {
            return false;
        }
        if (known == null && !hasRoom()) {
            refusals++;
            return false;
        }
        latest.put(client, shared(client, verdict));
        return true;
    }

    private boolean hasRoom() {
        if (latest.size() < capacity) {
            return true;
        }
        // By the verdicts' own time: replays run in the past.
        latest.values().removeIf(verdict -> verdict.expiresAtMs() <= newestMs);
        return latest.size() < capacity;
    }

    /** Verdicts come out of a parser, each with its own copy of the same few texts. */
    private Verdict shared(String client, Verdict verdict) {
        return new Verdict(
                client,
                verdict.action(),
                verdict.mode(),
                verdict.admit(),
                verdict.replyCode(),
                shared(verdict.enhancedStatusCode()),
                verdict.as(),
                shared(verdict.reason()),
                verdict.caseId(),
                verdict.horizonMs(),
                verdict.observed(),
                verdict.record(),
                verdict.allowance(),
                verdict.exempt(),
                verdict.decidedAtMs(),
                verdict.expiresAtMs(),
                verdict.seq(),
                shared(verdict.rules()));
    }

    private String shared(String text) {
        if (sharedTexts.size() >= MOST_SHARED_TEXTS) {
            return sharedTexts.getOrDefault(text, text);
        }
        String known = sharedTexts.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    @Override
    public @Nullable Verdict verdictOf(String client) {
        return latest.get(client);
    }

    /** None: overrides are on a topic of their own. */
    @Override
    public @Nullable OperatorOverride overrideOf(SenderKey sender) {
        return null;
    }

    /** Throttles that hold at {@code nowMs}, in no order. */
    public List<Verdict> throttlesAt(long nowMs) {
        List<Verdict> throttles = new ArrayList<>();
        for (Verdict verdict : latest.values()) {
            if (verdict.action() == Verdict.Action.THROTTLE && nowMs < verdict.expiresAtMs()) {
                throttles.add(verdict);
            }
        }
        return throttles;
    }

    /** Whether any throttle holds at {@code nowMs}. */
    public boolean hasThrottleAt(long nowMs) {
        for (Verdict verdict : latest.values()) {
            if (verdict.action() == Verdict.Action.THROTTLE && nowMs < verdict.expiresAtMs()) {
                return true;
            }
        }
        return false;
    }

    /** Clients known. */
    public int size() {
        return latest.size();
    }

    /** Verdicts not taken because the table was full. */
    public synchronized long refusals() {
        return refusals;
    }
}
