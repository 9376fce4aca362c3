package io.weir.demo;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Messages by chance around a rhythm: a Poisson process whose rate also differs from day to day. */
final class RhythmicArrivals implements Arrivals {
    private final DemoCalendar calendar;
    private final Rhythm rhythm;
    private final double dailySpread;
    private final long seed;

    private long cachedHour = -1;
    private long[] cached = {};

    /** @param dailySpread standard deviation of the logarithm of a day's volume */
    RhythmicArrivals(DemoCalendar calendar, Rhythm rhythm, double dailySpread, long seed) {
        this.calendar = calendar;
        this.rhythm = rhythm;
        this.dailySpread = dailySpread;
        this.seed = seed;
    }

    @Override
    public long[] between(long fromMs, long toMs) {
        long[] found = {};
        for (long hour = fromMs / DemoCalendar.HOUR_MS; hour * DemoCalendar.HOUR_MS < toMs; hour++) {
            long[] times = hour(hour);
            int begin = lowerBound(times, fromMs);
            int end = lowerBound(times, toMs);
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
        long beginMs = hour * DemoCalendar.HOUR_MS;
        int day = calendar.day(beginMs);
        double mean = rhythm.perHour(day, DemoCalendar.hourOfDay(beginMs));
        if (mean <= 0) {
            return new long[0];
        }
        double ofDay = Math.exp(dailySpread * Dice.gaussian(Dice.at(seed, -1 - day)));
        // By the hour of the demo, not of the epoch: every run meets the same chance, whenever it is.
        SplittableRandom random = Dice.at(seed, (beginMs - calendar.startMs()) / DemoCalendar.HOUR_MS);
        long[] times = new long[Dice.poisson(random, mean * ofDay)];
        for (int i = 0; i < times.length; i++) {
            times[i] = beginMs + random.nextInt((int) DemoCalendar.HOUR_MS);
        }
        Arrays.sort(times);
        return times;
    }

    private static int lowerBound(long[] sorted, long ms) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < ms) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
