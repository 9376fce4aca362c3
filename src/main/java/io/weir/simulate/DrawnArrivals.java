package io.weir.simulate;

import java.util.Arrays;

/** Arrivals that were drawn once, so that what is sent to many judges need not be drawn for each. */
public final class DrawnArrivals implements Arrivals {
    private final long[] sorted;

    private DrawnArrivals(long[] sorted) {
        this.sorted = sorted;
    }

    /** All of these from one moment on and before another. */
    public static DrawnArrivals of(Arrivals arrivals, long fromMs, long toMs) {
        long[] all = new long[64];
        int count = 0;
        // By the hour, as they are drawn.
        for (long ms = fromMs; ms < toMs; ms += Spans.HOUR_MS) {
            long[] some = arrivals.between(ms, Math.min(toMs, ms + Spans.HOUR_MS));
            if (count + some.length > all.length) {
                all = Arrays.copyOf(all, 2 * (count + some.length));
            }
            System.arraycopy(some, 0, all, count, some.length);
            count += some.length;
        }
        return new DrawnArrivals(Arrays.copyOf(all, count));
    }

    @Override
    public long[] between(long fromMs, long toMs) {
        return Arrays.copyOfRange(sorted, lowerBound(sorted, fromMs), lowerBound(sorted, toMs));
    }

    /** The place of the first that is not before a moment. */
    static int lowerBound(long[] sorted, long ms) {
        int at = Arrays.binarySearch(sorted, ms);
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && sorted[at - 1] == ms) {
            at--;
        }
        return at;
    }
}
