package io.weir.throttle;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which envelopes were deferred, so that their return counts as a retry. Bounded: when full, the one that was
 * deferred least recently is forgotten, and counts as new if it returns. Not safe for use by several threads.
 */
public final class EnvelopeMemory {
    private final int capacity;
    private final long lifeMs;
    private final LinkedHashMap<Long, Long> deferredAt;

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
        this.deferredAt = new LinkedHashMap<>();
    }

    /** Whether the envelope was deferred before and is still remembered. */
    public boolean isRetry(long envelope, long nowMs) {
        Long at = deferredAt.get(envelope);
        return at != null && nowMs - at < lifeMs;
    }

    /** Takes note of what an edge answered. */
    public void answered(long envelope, Answer answer, long nowMs) {
        deferredAt.remove(envelope);
        if (answer.defers()) {
            deferredAt.put(envelope, nowMs);
            if (deferredAt.size() > capacity) {
                Map.Entry<Long, Long> eldest = deferredAt.entrySet().iterator().next();
                deferredAt.remove(eldest.getKey());
            }
        }
    }

    public int size() {
        return deferredAt.size();
    }
}
