package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {
    /** 2026-11-23. */
    private static final long TODAY = 20_780;

    private static PerHorizon peaks(long day) {
        return new PerHorizon(day / 10, day / 2, day);
    }

    @Test
    void theRecordIsTheLargestOfEachHorizon() {
        History history = History.NONE
                .close(TODAY - 2, new PerHorizon(50, 60, 70), false)
                .close(TODAY - 1, new PerHorizon(5, 80, 90), false);
        assertThat(history.record()).isEqualTo(new PerHorizon(50, 80, 90));
    }

    @Test
    void ofLearntDaysOnlyTheSecondLargestCounts() {
        History history = History.NONE.close(TODAY - 3, peaks(1_000), true);
        assertThat(history.record()).isEqualTo(PerHorizon.ZERO);
        history = history.close(TODAY - 2, peaks(100), true).close(TODAY - 1, peaks(200), true);
        assertThat(history.record()).isEqualTo(peaks(200));
    }

    @Test
    void anEarnedDayCountsInFullBesideLearntOnes() {
        History history = History.NONE
                .close(TODAY - 3, peaks(1_000), true)
                .close(TODAY - 2, peaks(100), true)
                .close(TODAY - 1, peaks(150), false);
        assertThat(history.record()).isEqualTo(peaks(150));
    }

    @Test
    void after35DaysADayVouchesByHalfInItsMonth() {
        History history = History.NONE.close(TODAY, peaks(1_000), false);
        assertThat(history.expire(TODAY + 35)).isSameAs(history);
        History old = history.expire(TODAY + 36);
        assertThat(old.days().isEmpty()).isTrue();
        assertThat(old.months().rows()).hasSize(1);
        assertThat(old.months().rows().get(0).index()).isEqualTo(2026 * 12L + 10);
        assertThat(old.record()).isEqualTo(new PerHorizon(50, 250, 500));
    }

    /** A surge that was learnt must not come in through the back door. */
    @Test
    void aMonthKeepsNoMoreThanTheRecordItselfWas() {
        History history = History.NONE
                .close(TODAY, peaks(100_000), true)
                .close(TODAY + 1, peaks(1_000), true)
                .expire(TODAY + 36);
        assertThat(history.months().rows().get(0).get(2)).isEqualTo(1_000);
    }

    @Test
    void monthsAreKeptForThirteen() {
        History history = History.NONE.close(TODAY, peaks(1_000), false).expire(TODAY + 36);
        long december2027 = TODAY + 373;
        assertThat(history.expire(december2027).record().day()).isEqualTo(500);
        assertThat(history.expire(december2027 + 31)).isEqualTo(History.NONE);
    }

    @Test
    void anAmendmentLowersEachPeakOfItsDay() {
        History history = History.NONE.close(TODAY - 2, peaks(1_000), false).close(TODAY - 1, peaks(500), false);
        assertThat(history.amend(TODAY - 2, 30).record()).isEqualTo(new PerHorizon(70, 470, 970));
        assertThat(history.amend(TODAY - 2, 5_000).record()).isEqualTo(peaks(500));
        assertThat(history.amend(TODAY - 3, 30)).isSameAs(history);
    }

    @Test
    void aHistoryIsItsRowsAlone() {
        History history = History.NONE.close(TODAY - 1, peaks(500), false);
        assertThat(History.of(history.days(), history.months())).isEqualTo(history);
    }
}
