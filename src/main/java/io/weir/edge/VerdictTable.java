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
    private static final int DEFAULT_CAPACITY = 1_000_000;

    private final int capacity;
    private final Map<String, byte[]> latest = new ConcurrentHashMap<>();
    private final PackedVerdicts packing = new PackedVerdicts();
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
        byte[] known = latest.get(client);
        if (known != null && verdict.seq() <= PackedVerdicts.seq(known)) {
            return false;
        }
        if (known == null && !hasRoom()) {
            refusals++;
            return false;
        }
        latest.put(client, packing.pack(verdict));
        return true;
    }

    private boolean hasRoom() {
        if (latest.size() < capacity) {
            return true;
        }
        // By the verdicts' own time: replays run in the past.
        latest.values().removeIf(verdict -> PackedVerdicts.expiresAtMs(verdict) <= newestMs);
        return latest.size() < capacity;
    }

    @Override
    public @Nullable Verdict verdictOf(String client) {
        byte[] known = latest.get(client);
        return known == null ? null : packing.unpack(client, known);
    }

    /** None: overrides are on a topic of their own. */
    @Override
    public @Nullable OperatorOverride overrideOf(SenderKey sender, long nowMs) {
        return null;
    }

    /** Throttles that hold at {@code nowMs}, in no order. */
    public List<Verdict> throttlesAt(long nowMs) {
        List<Verdict> throttles = new ArrayList<>();
        latest.forEach((client, verdict) -> {
            if (isThrottleAt(verdict, nowMs)) {
                throttles.add(packing.unpack(client, verdict));
            }
        });
        return throttles;
    }

    /** Whether any throttle holds at {@code nowMs}. */
    public boolean hasThrottleAt(long nowMs) {
        for (byte[] verdict : latest.values()) {
            if (isThrottleAt(verdict, nowMs)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isThrottleAt(byte[] verdict, long nowMs) {
        return PackedVerdicts.action(verdict) == Verdict.Action.THROTTLE && nowMs < PackedVerdicts.expiresAtMs(verdict);
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
