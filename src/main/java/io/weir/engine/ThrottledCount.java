package io.weir.engine;

import java.util.Map;
import java.util.TreeMap;

/** How many throttles are in force, by the minute in which each expires; so many counters as a verdict's life has minutes. */
final class ThrottledCount {
    private static final long MINUTE_MS = 60_000;

    private final TreeMap<Long, Integer> byExpiryMinute = new TreeMap<>();
    private long minute;
    private int total;

    void add(long expiresAtMs) {
        change(expiresAtMs, 1);
    }

    /** Takes back what was added with the same expiry; nothing when that has passed. */
    void remove(long expiresAtMs) {
        change(expiresAtMs, -1);
    }

    private void change(long expiresAtMs, int by) {
        long expiryMinute = expiresAtMs / MINUTE_MS;
        if (expiryMinute > minute) {
            byExpiryMinute.merge(expiryMinute, by, Integer::sum);
            total += by;
        }
    }

    /** Drops what has expired at {@code nowMs}. */
    int at(long nowMs) {
        if (nowMs / MINUTE_MS > minute) {
            minute = nowMs / MINUTE_MS;
            Map<Long, Integer> expired = byExpiryMinute.headMap(minute, true);
            expired.values().forEach(count -> total -= count);
            expired.clear();
        }
        return total;
    }
}
