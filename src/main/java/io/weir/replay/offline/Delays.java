package io.weir.replay.offline;

import java.util.Map;
import java.util.TreeMap;

/** How long attempts were held up until they were admitted: exact to the minute, whatever there are. */
public final class Delays {
    private static final long MINUTE_MS = 60_000;

    private final TreeMap<Long, Long> attemptsByMinutes = new TreeMap<>();
    private long attempts;
    private double sumMs;
    private long mostMs;

    void add(long delayMs, long howMany) {
        attemptsByMinutes.merge((delayMs + MINUTE_MS / 2) / MINUTE_MS, howMany, Long::sum);
        attempts += howMany;
        sumMs += (double) delayMs * howMany;
        mostMs = Math.max(mostMs, delayMs);
    }

    public long attempts() {
        return attempts;
    }

    /** Hours that all attempts waited, together. */
    public double hours() {
        return sumMs / (60 * MINUTE_MS);
    }

    /** Milliseconds; 0 when nothing was held up. */
    public long mostMs() {
        return mostMs;
    }

    /**
     * The delay that a share of what was held up did not exceed, to the minute.
     *
     * @param share above 0, at most 1; 0.5 for the median
     * @return milliseconds; 0 when nothing was held up
     */
    public long quantileMs(double share) {
        long wanted = (long) Math.ceil(share * attempts);
        long seen = 0;
        for (Map.Entry<Long, Long> one : attemptsByMinutes.entrySet()) {
            seen += one.getValue();
            if (seen >= wanted) {
                return one.getKey() * MINUTE_MS;
            }
        }
        return 0;
    }
}
