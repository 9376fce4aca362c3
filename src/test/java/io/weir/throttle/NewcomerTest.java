package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Senders without a history, or with one that has expired. */
class NewcomerTest {
    @Test
    void aFewMessagesADayAreNobodysConcern() {
        Scenario site = Scenario.enforcing();
        for (int day = 0; day < 30; day++) {
            assertThat(site.at(day, "10:00").every(Scenario.HOUR_MS, 5, Mail.admitted(2)))
                    .isEmpty();
        }
    }

    @Test
    void atFullBlastTwentyPassThenItIsThrottled() {
        Scenario site = Scenario.enforcing().at(0, "10:00");
        assertThat(site.every(1000, 20, Mail.admitted(1))).isEmpty();
        List<Verdict> brought = site.sends(Mail.admitted(1));
        assertThat(brought).hasSize(1);
        Verdict verdict = brought.get(0);
        assertThat(verdict.reason()).isEqualTo("newcomer-volume");
        assertThat(verdict.enhancedStatusCode()).isEqualTo("4.7.501");
        assertThat(verdict.as()).isEqualTo(511);
        assertThat(verdict.record()).isZero();
        assertThat(verdict.allowance()).isEqualTo(40);
        assertThat(verdict.horizonMs()).isEqualTo(Horizon.FIVE_MINUTES.millis());
    }

    @Test
    void atFullBlastForADayItGetsTheDaysAllowanceAndNoMoreThanAThousandth() {
        Scenario site = Scenario.enforcing().at(0, "01:00");
        ObeyingEdge edge = new ObeyingEdge(site, 0);
        for (int i = 0; i < 22 * 3600; i++) {
            edge.attempt(i * 0x9E3779B97F4A7C15L, 1, false);
            site.pass(1000);
        }
        long admitted =
                edge.log().stream().mapToLong(ObeyingEdge.Passed::admitted).sum();
        // What the budget holds at once, and 22 hours of its refill.
        assertThat(admitted).isBetween(380L, 400 + 79L);
    }

    @Test
    void itIsEstablishedAfterFiveActiveDaysWithinAWeek() {
        Scenario site = Scenario.enforcing();
        for (int day = 0; day < 8; day++) {
            site.at(day, "10:00").sends(Mail.admitted(5));
            assertThat(site.view().standing()).isEqualTo(day < 7 ? Standing.NEWCOMER : Standing.ESTABLISHED);
        }
        site.every(1000, 60, Mail.admitted(1));
        assertThat(site.verdicts().get(0).reason()).isEqualTo("volume-surge");
    }

    @Test
    void whoComesBackAfterFiveWeeksWithHalfOfItsOldVolumeIsWelcome() {
        Scenario site = Scenario.established(10);
        site.at(14 + 40, "10:00");
        assertThat(site.view().standing()).isEqualTo(Standing.DORMANT);
        assertThat(site.record()).isEqualTo(new PerHorizon(25, 300, 3_000));
        assertThat(site.everyMinute(240, Mail.admitted(5))).isEmpty();
    }

    @Test
    void whoComesBackWithMoreThanItEverSentIsCalledDormant() {
        Scenario site = Scenario.established(10);
        List<Verdict> brought = site.at(14 + 40, "10:00").everyMinute(10, Mail.admitted(30));
        assertThat(brought.get(0).reason()).isEqualTo("dormant-return");
        assertThat(brought.get(0).as()).isEqualTo(512);
        assertThat(brought.get(0).record()).isEqualTo(25);
    }

    @Test
    void afterFifteenMonthsItIsAStrangerAgain() {
        Scenario site = Scenario.established(10);
        site.at(14 + 300, "10:00");
        assertThat(site.record()).isEqualTo(new PerHorizon(25, 300, 3_000));
        site.at(14 + 480, "10:00").sends(Mail.admitted(1));
        assertThat(site.record()).isEqualTo(PerHorizon.ZERO);
        assertThat(site.view().standing()).isEqualTo(Standing.NEWCOMER);
        assertThat(site.state().life().firstDay()).isEqualTo(Scenario.time(494, "00:00") / Scenario.DAY_MS);
    }

    /** What the sweep may delete is what a step treats as never seen. */
    @Test
    void aStateThatIsAbsentMayAsWellBeDeleted() {
        Scenario kept = Scenario.enforcing().at(0, "10:00");
        kept.everyMinute(5, Mail.admitted(2));
        assertThat(kept.state().absentAt(Scenario.time(2, "12:00"), kept.rules()))
                .isFalse();
        assertThat(kept.state().absentAt(Scenario.time(3, "12:00"), kept.rules()))
                .isTrue();
        Scenario deleted = Scenario.enforcing();
        kept.at(3, "12:00").sends(Mail.admitted(7));
        deleted.at(3, "12:00").sends(Mail.admitted(7));
        assertThat(kept.state()).isEqualTo(deleted.state());
        assertThat(kept.closedDays()).hasSize(1);
    }

    @Test
    void anEstablishedSendersStateIsKeptForItsMonths() {
        Scenario site = Scenario.established(10);
        assertThat(site.state().absentAt(Scenario.time(14 + 300, "12:00"), site.rules()))
                .isFalse();
        assertThat(site.state().absentAt(Scenario.time(14 + 480, "12:00"), site.rules()))
                .isTrue();
    }
}
