package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.edge.SilenceWatch.Silence;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long WEEK = 7 * 24 * HOUR;
    /** A Monday. */
    private static final long MONDAY = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli();

    private final SilenceWatch watch = new SilenceWatch();

    /** A transaction each {@code everyMs}, from 8 to 18 o'clock, for a week; ends at 17:59 or so on Sunday. */
    private void officeHours(long monday, long everyMs) {
        for (long day = monday; day < monday + WEEK; day += 24 * HOUR) {
            for (long at = day + 8 * HOUR; at < day + 18 * HOUR; at += everyMs) {
                assertThat(watch.seen(at)).isNull();
            }
        }
    }

    /** Mail each minute up to this time of the second Monday. */
    private long busyUntil(long sinceMidnight) {
        officeHours(MONDAY, MINUTE);
        long until = MONDAY + WEEK + sinceMidnight;
        for (long at = MONDAY + WEEK + 8 * HOUR; at <= until; at += MINUTE) {
            assertThat(watch.seen(at)).isNull();
        }
        return until;
    }

    @Test
    void aQuarterOfSilenceIsBorneAndAMillisecondMoreIsNot() {
        long last = busyUntil(10 * HOUR);
        assertThat(watch.seen(last + 15 * MINUTE)).isNull();
        assertThat(watch.seen(last + 30 * MINUTE + 1))
                .isEqualTo(new Silence(last + 15 * MINUTE, last + 30 * MINUTE + 1));
    }

    @Test
    void aSilenceIsToldOnce() {
        long last = busyUntil(10 * HOUR);
        assertThat(watch.seen(last + HOUR)).isNotNull();
        assertThat(watch.seen(last + HOUR)).isNull();
        assertThat(watch.seen(last + HOUR + MINUTE)).isNull();
    }

    @Test
    void nightsAreQuiet() {
        busyUntil(17 * HOUR + 59 * MINUTE);
        assertThat(watch.seen(MONDAY + WEEK + 24 * HOUR + 8 * HOUR)).isNull();
    }

    @Test
    void onlyWhatLiesInBusyHoursCounts() {
        long last = busyUntil(17 * HOUR + 50 * MINUTE);
        long next = MONDAY + WEEK + 24 * HOUR + 8 * HOUR + 5 * MINUTE;
        assertThat(watch.seen(next)).as("10 and 5 minutes").isNull();
        assertThat(watch.seen(next + 16 * MINUTE)).isEqualTo(new Silence(next, next + 16 * MINUTE));
        assertThat(last).isLessThan(next);
    }

    @Test
    void aNightBetweenBelongsToTheSilence() {
        long last = busyUntil(17 * HOUR + 40 * MINUTE);
        long next = MONDAY + WEEK + 24 * HOUR + 8 * HOUR;
        assertThat(watch.seen(next)).isEqualTo(new Silence(last, next));
    }

    @Test
    void nothingIsUnusualBeforeItWasSeen() {
        watch.seen(MONDAY);
        assertThat(watch.seen(MONDAY + 24 * HOUR)).isNull();
    }

    @Test
    void fifteenAnHourAreTooFewToMissThem() {
        officeHours(MONDAY, 4 * MINUTE);
        long at = MONDAY + WEEK + 9 * HOUR;
        watch.seen(at);
        assertThat(watch.seen(at + 50 * MINUTE)).isNull();
    }

    @Test
    void weeksOfSilenceAreOneSilence() {
        long last = busyUntil(10 * HOUR);
        long next = last + 10 * WEEK;
        assertThat(watch.seen(next)).isEqualTo(new Silence(last, next));
    }

    @Test
    void whereMailHasCeasedSilenceBecomesUsual() {
        officeHours(MONDAY, MINUTE);
        int told = 0;
        for (int week = 1; week <= 10; week++) {
            told += watch.seen(MONDAY + week * WEEK) == null ? 0 : 1;
        }
        assertThat(told).isBetween(3, 7);
    }

    @Test
    void aClockThatIsSetBackIsNoSilence() {
        long last = busyUntil(10 * HOUR);
        assertThat(watch.seen(last - 5 * HOUR)).isNull();
        assertThat(watch.seen(last - 5 * HOUR + MINUTE)).isNull();
    }

    @Test
    void anotherGoesOnWithTheState() {
        long last = busyUntil(10 * HOUR);
        SilenceWatch next = SilenceWatch.of(watch.state());
        assertThat(next.state()).isEqualTo(watch.state());
        assertThat(next.seen(last + HOUR)).isEqualTo(new Silence(last, last + HOUR));
    }

    @Test
    void whatIsNoStateIsRefused() {
        assertThatThrownBy(() -> SilenceWatch.of("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SilenceWatch.of(watch.state().replaceFirst("1", "2")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SilenceWatch.of(watch.state().replaceFirst("0", "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
