package io.weir.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    /** A mark of all clocks: a multiple of 300 s and of 30 min. */
    private static final long ARRIVED = 1_795_503_600_000L;

    @Test
    void postfixWaitsAsLongAsTheMessageIsOldBetweenFiveMinutesAndAnHour() {
        assertThat(minutes(RetrySchedule.POSTFIX, 7)).containsExactly(5L, 10L, 20L, 40L, 80L, 150L, 220L);
        assertThat(tries(RetrySchedule.POSTFIX)).isBetween(100, 115);
    }

    @Test
    void eximWaitsLongerAndLonger() {
        assertThat(minutes(RetrySchedule.EXIM, 9)).containsExactly(30L, 60L, 90L, 120L, 180L, 270L, 420L, 630L, 960L);
        assertThat(tries(RetrySchedule.EXIM)).isBetween(20, 25);
    }

    @Test
    void exchangeTriesEveryTenMinutesForTwoDays() {
        assertThat(minutes(RetrySchedule.EXCHANGE, 8)).containsExactly(5L, 10L, 15L, 20L, 25L, 30L, 40L, 50L);
        assertThat(tries(RetrySchedule.EXCHANGE)).isBetween(285, 295);
    }

    @Test
    void gmailTriesAsItWasSeenTo() {
        long seconds = 0;
        List<Long> seen = new ArrayList<>();
        for (int attempts = 1; attempts <= 8; attempts++) {
            seconds = (RetrySchedule.GMAIL.next(ARRIVED, ARRIVED + seconds * 1000, attempts) - ARRIVED) / 1000;
            seen.add(seconds);
        }
        assertThat(seen).containsExactly(362L, 1_742L, 3_396L, 5_924L, 9_723L, 13_784L, 18_545L, 26_086L);
        assertThat(tries(RetrySchedule.GMAIL)).isBetween(35, 45);
    }

    @Test
    void aBotGivesUpAtOnce() {
        assertThat(tries(RetrySchedule.NEVER)).isEqualTo(1);
    }

    private static List<Long> minutes(RetrySchedule schedule, int count) {
        List<Long> minutes = new ArrayList<>();
        long now = ARRIVED;
        for (int attempts = 1; attempts <= count; attempts++) {
            now = schedule.next(ARRIVED, now, attempts);
            minutes.add((now - ARRIVED) / Spans.MINUTE_MS);
        }
        return minutes;
    }

    /** How often it tries before it gives a message up. */
    private static int tries(RetrySchedule schedule) {
        int tries = 0;
        for (long now = ARRIVED; now - ARRIVED <= schedule.lifetimeMs(); now = schedule.next(ARRIVED, now, tries)) {
            tries++;
        }
        return tries;
    }
}
