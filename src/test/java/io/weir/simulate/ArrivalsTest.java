package io.weir.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final long MONDAY = 1_798_934_400_000L + 3 * Spans.DAY_MS;
    private static final Noise BURSTY = new Noise(0.1, 4, 3, 60_000);

    @Test
    void clustersAreTheSameHoweverTimeIsCut() {
        Arrivals bursty = new RhythmicArrivals(MONDAY, Rhythm.transactional(5_000), BURSTY, 42);
        long[] all = bursty.between(MONDAY, MONDAY + Spans.DAY_MS);
        assertThat(all).isSorted();
        assertThat(inSteps(bursty, MONDAY, MONDAY + Spans.DAY_MS, 10_000)).isEqualTo(all);
        assertThat(inSteps(bursty, MONDAY, MONDAY + Spans.DAY_MS, 5_400_000)).isEqualTo(all);
    }

    @Test
    void noiseSpreadsTheHoursAndKeepsTheVolume() {
        Rhythm flat = (day, hour) -> 100;
        long[] bursty = new RhythmicArrivals(MONDAY, flat, BURSTY, 42).between(MONDAY, MONDAY + 28 * Spans.DAY_MS);
        long[] plain =
                new RhythmicArrivals(MONDAY, flat, Noise.daily(0), 42).between(MONDAY, MONDAY + 28 * Spans.DAY_MS);
        assertThat(bursty.length).isBetween(62_000, 72_000);
        assertThat(plain.length).isBetween(66_000, 68_500);
        // Chance alone gives 100; the hour's shape adds 100 * 100 / 4, clusters of 3 more.
        assertThat(variance(plain)).isBetween(80.0, 120.0);
        assertThat(variance(bursty)).isBetween(1_800.0, 5_000.0);
    }

    @Test
    void aCampaignKeepsItsPaceFromItsBeginToItsEnd() {
        long begin = MONDAY + 12_345;
        Arrivals pulses = new PacedArrivals(
                begin,
                begin + 2 * Spans.HOUR_MS,
                since -> since % (10 * Spans.MINUTE_MS) < Spans.MINUTE_MS ? 600 : 0,
                7);
        long[] all = pulses.between(0, Long.MAX_VALUE / 2);
        assertThat(all).isSorted();
        assertThat(all.length).isBetween(6_700, 7_700);
        assertThat(Arrays.stream(all).map(ms -> (ms - begin) % (10 * Spans.MINUTE_MS)))
                .allMatch(ms -> ms < Spans.MINUTE_MS);
        assertThat(inSteps(pulses, MONDAY, MONDAY + 3 * Spans.HOUR_MS, 777_777)).isEqualTo(all);
    }

    @Test
    void aMonthlyRunComesOnItsDaysAndHours() {
        Rhythm runs = Rhythm.monthly(1_200, 30, 3, 2, 8, 3);
        assertThat(runs.perHour(3, 8)).isEqualTo(200);
        assertThat(runs.perHour(4, 10)).isEqualTo(200);
        assertThat(runs.perHour(5, 8)).isZero();
        assertThat(runs.perHour(3, 11)).isZero();
        assertThat(runs.perHour(33, 8)).isEqualTo(200);
    }

    private static double variance(long[] times) {
        long[] hours = new long[28 * 24];
        for (long ms : times) {
            hours[(int) ((ms - MONDAY) / Spans.HOUR_MS)]++;
        }
        double mean = Arrays.stream(hours).average().orElseThrow();
        return Arrays.stream(hours)
                .mapToDouble(count -> (count - mean) * (count - mean))
                .average()
                .orElseThrow();
    }

    private static long[] inSteps(Arrivals arrivals, long from, long to, long stepMs) {
        return LongStream.iterate(from, at -> at < to, at -> at + stepMs)
                .flatMap(at -> Arrays.stream(arrivals.between(at, Math.min(to, at + stepMs))))
                .toArray();
    }
}
