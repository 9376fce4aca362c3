package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long HOUR = DemoCalendar.HOUR_MS;
    private static final long MINUTE = DemoCalendar.MINUTE_MS;

    private final Pace pace = new Pace().step(8 * HOUR, 20 * HOUR, HOUR).step(10 * HOUR, 11 * HOUR, MINUTE);

    @Test
    void whereNothingHappensAStepIsLongButEndsWhereSomethingBegins() {
        assertThat(pace.next(0, Long.MAX_VALUE)).isEqualTo(6 * HOUR);
        assertThat(pace.next(6 * HOUR, Long.MAX_VALUE)).isEqualTo(8 * HOUR);
        assertThat(pace.next(20 * HOUR, Long.MAX_VALUE)).isEqualTo(24 * HOUR);
    }

    @Test
    void theShortestStepAskedForCounts() {
        assertThat(pace.next(8 * HOUR, Long.MAX_VALUE)).isEqualTo(9 * HOUR);
        assertThat(pace.next(10 * HOUR, Long.MAX_VALUE)).isEqualTo(10 * HOUR + MINUTE);
        assertThat(pace.next(10 * HOUR, 10_000)).isEqualTo(10 * HOUR + 10_000);
    }

    @Test
    void stepsEndOnTheClocksMarks() {
        assertThat(pace.next(10 * HOUR + 10_000, MINUTE)).isEqualTo(10 * HOUR + MINUTE);
    }
}
