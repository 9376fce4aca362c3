package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counters at the largest that events can bring about: nothing wraps round, so nothing turns negative. */
class LargeCountsTest {
    private static final int MOST = ConnectionEvent.MAX_ATTEMPTS;

    @ParameterizedTest
    @EnumSource
    void aMillionRecipientsPerEventAllDayLong(Outcome outcome) {
        Scenario site = Scenario.enforcing().at(0, "01:00");
        for (int i = 0; i < 23 * 60; i++) {
            site.sends(Mail.admitted(MOST).with(outcome));
            site.sends(new Mail(outcome, MOST, MOST, MOST, true));
            site.pass(Scenario.MINUTE_MS);
        }
        assertSane(site);
        site.pass(-1);
        assertThat(site.view().today(Traffic.Column.ATTEMPTS)).isEqualTo(2L * 23 * 60 * MOST);
    }

    /** An hour of 100,000 such events: 10^11 recipients. */
    @Test
    void manyOfThemInOneHourWhileTheSiteLearns() {
        Scenario site = Scenario.enforcing().learning(3).at(0, "10:00");
        site.every(36, 100_000, Mail.admitted(MOST));
        site.at(1, "10:00").every(36, 100_000, Mail.admitted(MOST));
        PerHorizon record = site.at(2, "10:00").record();
        assertThat(record.hour()).isEqualTo(100_000L * MOST);
        assertThat(site.allowance(Horizon.HOUR))
                .as("no allowance is above the cap")
                .isEqualTo(10_000_000);
        assertSane(site);
    }

    @Test
    void aReportOfAMillionSpamsTakesARecordDownToNothing() {
        Scenario site = Scenario.established(10).at(14, "10:00");
        site.sends(Mail.admitted(1));
        for (int i = 0; i < 1000; i++) {
            site.amend(Scenario.time(13, "10:00"), MOST, MOST);
            site.amend(Scenario.time(14, "10:00"), MOST, MOST);
        }
        assertThat(site.at(15, "10:00").record()).isEqualTo(new PerHorizon(50, 600, 6_000));
        assertSane(site);
    }

    private static void assertSane(Scenario site) {
        for (Verdict verdict : site.verdicts()) {
            assertThat(verdict.admit()).isBetween(verdict.floor() > 0 ? 0.0001 : 0.001, 1.0);
            assertThat(verdict.observed()).isNotNegative();
            assertThat(verdict.record()).isNotNegative();
            assertThat(verdict.allowance()).isBetween(1L, 10_000_000L);
        }
        Series mail = site.state().mail();
        for (Horizon horizon : Horizon.all()) {
            assertThat(mail.levels().get(horizon)).isBetween(0L, 20_000_000L * Allowance.MICROS);
            assertThat(mail.record().get(horizon)).isNotNegative();
        }
        assertThat(mail.demand().smoothedMillis()).isNotNegative();
    }
}
