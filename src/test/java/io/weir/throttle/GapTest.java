package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Gap;
import io.weir.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After an outage of ours everybody's queue arrives at once, and that is not their fault. */
class GapTest {
    /** Away from 08:00 to 14:00; a usual day has 10 a minute from 08:00 to 18:00. */
    private static Scenario afterSixHours() {
        return Scenario.established(10)
                .gap(Scenario.time(14, "08:00"), Scenario.time(14, "14:00"))
                .at(14, "14:00");
    }

    @Test
    void theQueueOfTheGapPassesAtOnce() {
        Scenario site = afterSixHours();
        // Six hours' mail within ten minutes: the short horizons would allow 200 in five.
        assertThat(site.everyMinute(10, Mail.admitted(360))).isEmpty();
        assertThat(site.everyMinute(230, Mail.admitted(10))).isEmpty();
    }

    @Test
    void withoutAGapItWouldBeASurge() {
        Scenario site = Scenario.established(10).at(14, "14:00");
        assertThat(site.everyMinute(10, Mail.admitted(360))).isNotEmpty();
    }

    @Test
    void theDailyHorizonBindsAndIsCreditedWithWhatTheGapLeftUnspent() {
        Scenario site = afterSixHours();
        site.sends(Mail.admitted(1));
        // Burst 12,000; six hours' refill (1.5 x 6,000 / 4) as credit.
        assertThat(site.view().budgets().get(2).freeNow()).isEqualTo(12_000 + 2_250 - 1);
        assertThat(site.sends(Mail.admitted(14_249))).isEmpty();
        List<Verdict> brought = site.sends(Mail.admitted(1));
        assertThat(brought).hasSize(1);
        assertThat(brought.get(0).horizonMs()).isEqualTo(Horizon.DAY.millis());
    }

    @Test
    void reliefLastsAsLongAsTheGapDid() {
        Scenario site = afterSixHours();
        assertThat(site.at(14, "19:59").sends(Mail.admitted(500))).isEmpty();
        assertThat(site.at(14, "20:00").sends(Mail.admitted(500))).isNotEmpty();
    }

    @Test
    void atLeastTwoHoursAndAtMostADay() {
        Controls brief = Controls.NONE.with(new Gap("op", 60_000, 0, 60_000));
        assertThat(brief.relief(60_000 + 2 * Scenario.HOUR_MS - 1)).isNotNull();
        assertThat(brief.relief(60_000 + 2 * Scenario.HOUR_MS)).isNull();
        long end = 10 * Scenario.DAY_MS;
        Controls lengthy = Controls.NONE.with(new Gap("op", end, 0, end));
        assertThat(lengthy.relief(end + Scenario.DAY_MS - 1)).isNotNull();
        assertThat(lengthy.relief(end + Scenario.DAY_MS)).isNull();
        assertThat(lengthy.relief(end - 1)).isNull();
    }

    @Test
    void theCreditIsGivenOnceAndLapsesWithTheRelief() {
        Scenario site = afterSixHours();
        site.sends(Mail.admitted(1));
        long level = site.state().mail().levels().day();
        assertThat(level).isNegative();
        site.sends(Mail.admitted(1));
        assertThat(site.state().mail().levels().day()).isEqualTo(level + Allowance.MICROS);
        site.at(14, "20:00").sends(Mail.admitted(1));
        assertThat(site.state().mail().levels().day()).isEqualTo(Allowance.MICROS);
    }

    @Test
    void newcomersGetNone() {
        Scenario site = Scenario.enforcing()
                .gap(Scenario.time(0, "08:00"), Scenario.time(0, "14:00"))
                .at(0, "14:00");
        assertThat(site.everyMinute(3, Mail.admitted(30))).isNotEmpty();
    }

    /** Four Mondays, 3,000 recipients each; away on the fifth from 06:00 to 12:00. */
    private static Scenario weekly() {
        Scenario site = Scenario.enforcing().learning(28);
        for (int week = 0; week < 4; week++) {
            site.at(7 * week, "08:00").everyMinute(60, Mail.admitted(50));
        }
        return site.gap(Scenario.time(28, "06:00"), Scenario.time(28, "12:00")).at(28, "12:00");
    }

    @Test
    void aWeeklyNewsletterThatTheGapHeldBackPasses() {
        assertThat(weekly().everyMinute(5, Mail.admitted(600))).isEmpty();
    }

    @Test
    void theDayBindsTheNewsletterToo() {
        List<Verdict> brought = weekly().everyMinute(5, Mail.admitted(2_000));
        assertThat(brought).isNotEmpty();
        assertThat(brought.get(0).horizonMs()).isEqualTo(Horizon.DAY.millis());
    }

    @Test
    void whoSentOneMessageAWeekAgoIsANewcomerStill() {
        Scenario site = Scenario.enforcing().at(0, "08:00");
        site.sends(Mail.admitted(1));
        site.gap(Scenario.time(8, "06:00"), Scenario.time(8, "12:00")).at(8, "12:00");
        List<Verdict> brought = site.everyMinute(1, Mail.admitted(100));
        assertThat(brought).isNotEmpty();
        assertThat(brought.get(0).horizonMs()).isEqualTo(Horizon.FIVE_MINUTES.millis());
    }

    /** What passes under relief counts for the day, but its burst is no new record for five minutes. */
    @Test
    void theFlushDoesNotBecomeTheRecordOfFiveMinutes() {
        Scenario site = afterSixHours();
        site.everyMinute(10, Mail.admitted(360));
        PerHorizon record = site.at(15, "01:00").record();
        assertThat(record.fiveMinutes()).isLessThanOrEqualTo(100);
        assertThat(record.hour()).isLessThanOrEqualTo(1_200);
        assertThat(record.day()).isEqualTo(6_000);
    }
}
