package io.weir.simulate;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Messages by chance around a rhythm. */
public final class RhythmicArrivals implements Arrivals {
    private final long startMs;
    private final Rhythm rhythm;
    private final Noise noise;
    private final long seed;

    private long cachedHour = -1;
    private long[] cached = {};

    /** @param startMs midnight (UTC) at which the rhythm's first Monday begins */
    public RhythmicArrivals(long startMs, Rhythm rhythm, Noise noise, long seed) {
        this.startMs = startMs;
        this.rhythm = rhythm;
        this.noise = noise;
        this.seed = seed;
    }

    @Override
    public long[] between(long fromMs, long toMs) {
        long[] found = {};
        for (long hour = fromMs / Spans.HOUR_MS; hour * Spans.HOUR_MS < toMs; hour++) {
            long[] times = hour(hour);
            int begin = DrawnArrivals.lowerBound(times, fromMs);
            int end = DrawnArrivals.lowerBound(times, toMs);
            int had = found.length;
            found = Arrays.copyOf(found, had + end - begin);
            System.arraycopy(times, begin, found, had, end - begin);
        }
        return found;
    }

    /** The whole hour, whichever part of it is asked for: steps of any length meet the same messages. */
    private long[] hour(long hour) {
        if (hour != cachedHour) {
            cached = draw(hour);
            cachedHour = hour;
        }
        return cached;
    }

    private long[] draw(long hour) {
        long beginMs = hour * Spans.HOUR_MS;
        int day = (int) Math.floorDiv(beginMs - startMs, Spans.DAY_MS);
        double mean = rhythm.perHour(day, (int) (Math.floorMod(beginMs, Spans.DAY_MS) / Spans.HOUR_MS));
        if (mean <= 0) {
            return new long[0];
        }
        double ofDay = StrictMath.exp(noise.daily() * Dice.gaussian(Dice.at(seed, -1 - day)));
        // By the hour since the start, not of the epoch: every run meets the same chance, whenever it is.
        SplittableRandom random = Dice.at(seed, (beginMs - startMs) / Spans.HOUR_MS);
        double ofHour = noise.hourlyShape() > 0 ? Dice.gamma(random, noise.hourlyShape()) : 1;
        long[] times =
                noise.cluster() > 1 ? clusters(random, mean * ofDay * ofHour) : singles(random, mean * ofDay * ofHour);
        for (int i = 0; i < times.length; i++) {
            times[i] += beginMs;
        }
        Arrays.sort(times);
        return times;
    }

    private static long[] singles(SplittableRandom random, double mean) {
        long[] times = new long[Dice.poisson(random, mean)];
        for (int i = 0; i < times.length; i++) {
            times[i] = random.nextInt((int) Spans.HOUR_MS);
        }
        return times;
    }

    private long[] clusters(SplittableRandom random, double mean) {
        int clusters = Dice.poisson(random, mean / noise.cluster());
        long[] times = new long[0];
        for (int i = 0; i < clusters; i++) {
            int size = Dice.geometric(random, noise.cluster());
            long beginMs = random.nextInt((int) Spans.HOUR_MS);
            int had = times.length;
            times = Arrays.copyOf(times, had + size);
            for (int j = had; j < times.length; j++) {
                times[j] = Math.min(Spans.HOUR_MS - 1, beginMs + random.nextLong(noise.clusterMs() + 1));
            }
        }
        return times;
    }
}
