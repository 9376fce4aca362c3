package io.weir.simulate;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Messages by chance around a pace that may differ from minute to minute: a campaign's, an incident's. */
public final class PacedArrivals implements Arrivals {
    private final long beginMs;
    private final long endMs;
    private final Pace pace;
    private final long seed;

    /** How many messages a minute, by the time since the beginning. */
    @FunctionalInterface
    public interface Pace {
        double perMinute(long sinceMs);
    }

    public PacedArrivals(long beginMs, long endMs, Pace pace, long seed) {
        this.beginMs = beginMs;
        this.endMs = endMs;
        this.pace = pace;
        this.seed = seed;
    }

    /** The same pace all the time. */
    public static PacedArrivals even(long beginMs, long endMs, double perMinute, long seed) {
        return new PacedArrivals(beginMs, endMs, sinceMs -> perMinute, seed);
    }

    @Override
    public long[] between(long fromMs, long toMs) {
        long from = Math.max(fromMs, beginMs);
        long to = Math.min(toMs, endMs);
        long[] found = new long[64];
        int count = 0;
        for (long minute = (from - beginMs) / Spans.MINUTE_MS; beginMs + minute * Spans.MINUTE_MS < to; minute++) {
            for (long ms : minute(minute)) {
                if (ms >= from && ms < to) {
                    found = count < found.length ? found : Arrays.copyOf(found, 2 * count);
                    found[count++] = ms;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    private long[] minute(long minute) {
        SplittableRandom random = Dice.at(seed, minute);
        long[] times = new long[Dice.poisson(random, pace.perMinute(minute * Spans.MINUTE_MS))];
        for (int i = 0; i < times.length; i++) {
            times[i] = beginMs + minute * Spans.MINUTE_MS + random.nextInt((int) Spans.MINUTE_MS);
        }
        Arrays.sort(times);
        return times;
    }
}
