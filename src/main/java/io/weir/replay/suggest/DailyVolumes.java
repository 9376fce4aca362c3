package io.weir.replay.suggest;

import java.util.Arrays;

/** Accepted recipients of each day that has any; of most senders, one or two days. */
final class DailyVolumes {
    private static final int FIRST_ROOM = 2;

    private long[] days = new long[FIRST_ROOM];
    private long[] counts = new long[FIRST_ROOM];
    private int size;

    /** @param day days since the epoch; what comes after a later day is counted with that one */
    void add(long day, long count) {
        if (size > 0 && day <= days[size - 1]) {
            counts[size - 1] += count;
            return;
        }
        if (size == days.length) {
            days = Arrays.copyOf(days, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        days[size] = day;
        counts[size++] = count;
    }

    /** Days with any. */
    int active() {
        return size;
    }

    /** From the first of them to the last. */
    long span() {
        return size == 0 ? 0 : days[size - 1] - days[0];
    }

    /** Takes each day and its count. */
    @FunctionalInterface
    interface Taker {
        void take(long day, long count);
    }

    void forEach(Taker taker) {
        for (int i = 0; i < size; i++) {
            taker.take(days[i], counts[i]);
        }
    }

    /** Variance from day to day, days without a count included. */
    double variance(int ofDays) {
        return variance(Arrays.copyOf(counts, size), ofDays);
    }

    /**
     * Variance of some counts and as many zeros as there are days more.
     *
     * @param ofDays at least 1
     */
    static double variance(long[] counts, int ofDays) {
        double mean = Arrays.stream(counts).asDoubleStream().sum() / ofDays;
        double squares = Arrays.stream(counts)
                .mapToDouble(count -> (count - mean) * (count - mean))
                .sum();
        return (squares + (ofDays - counts.length) * mean * mean) / ofDays;
    }
}
