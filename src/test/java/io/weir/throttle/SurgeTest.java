package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to an established sender that suddenly sends much more than it ever did. */
class SurgeTest {
    @Test
    void whoSendsAsMuchAsEverIsNeverThrottled() {
        Scenario site = Scenario.established(10);
        assertThat(site.officeHours(14, 40, Mail.admitted(10))).isEmpty();
        assertThat(site.record()).isEqualTo(new PerHorizon(50, 600, 6_000));
    }

    @Test
    void theBurstPassesThenAVerdictTellsWhatIsLetThrough() {
        Scenario site = Scenario.established(10).at(14, "10:00");
        // Record 50 per 5 minutes: twice that at once, and 20 a minute besides.
        assertThat(site.sends(Mail.admitted(100))).isEmpty();
        List<Verdict> brought = site.sends(Mail.admitted(1));
        assertThat(brought).hasSize(1);
        Verdict verdict = brought.get(0);
        assertThat(verdict.client()).isEqualTo("203.0.113.7");
        assertThat(verdict.action()).isEqualTo(Verdict.Action.THROTTLE);
        assertThat(verdict.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(verdict.reason()).isEqualTo("volume-surge");
        assertThat(verdict.enhancedStatusCode()).isEqualTo("4.7.500");
        assertThat(verdict.as()).isEqualTo(510);
        assertThat(verdict.horizonMs()).isEqualTo(300_000);
        assertThat(verdict.record()).isEqualTo(50);
        assertThat(verdict.allowance()).isEqualTo(200);
        assertThat(verdict.observed()).isEqualTo(101);
        assertThat(verdict.caseId()).hasSize(16);
        assertThat(verdict.decidedAtMs()).isEqualTo(Scenario.time(14, "10:00"));
        assertThat(verdict.expiresAtMs()).isEqualTo(Scenario.time(14, "10:15"));
        assertThat(verdict.seq()).isEqualTo(verdict.decidedAtMs());
        // The refill (20) and a fifth of what is overdrawn (1), over a pace of 101 in 5 seconds.
        assertThat(verdict.admit()).isCloseTo((20 - 1 / 5.0) / (101 * 12), within(1e-4));
    }

    @Test
    void theAdmitFractionFollowsTheAttempts() {
        Scenario site = Scenario.established(10).at(14, "10:00");
        site.everyMinute(10, Mail.admitted(100));
        site.everyMinute(10, Mail.deferred(200));
        // 20 a minute leak from the budget and all of it is free again; a fifth of the room on top; 200 try.
        assertThat(last(site).admit()).isCloseTo((20 + 100 / 5.0) / 200, within(0.005));
        site.everyMinute(20, Mail.deferred(2000));
        assertThat(last(site).admit()).isCloseTo((20 + 100 / 5.0) / 2000, within(0.002));
    }

    /** A throttle that lets through half must not let through half of a sudden flood for the rest of the minute. */
    @Test
    void whoMultipliesItsAttemptsWithinAMinuteIsCutWithinThatMinute() {
        Scenario site = Scenario.established(10).at(14, "10:00");
        site.sends(Mail.admitted(101));
        site.everyMinute(10, Mail.deferred(110));
        assertThat(last(site).admit()).isCloseTo(40 / 110.0, within(0.05));
        site.every(10, 100, Mail.deferred(40));
        assertThat(last(site).admit()).isCloseTo(0.01, within(0.001));
        assertThat(last(site).decidedAtMs()).isLessThan(Scenario.time(14, "10:11"));
    }

    /** A queue run tries everything within seconds; taken for the pace of a minute it would starve the backlog. */
    @Test
    void aQueueRunIsNotTakenForAFloodOfAMinute() {
        Scenario site = Scenario.established(10).at(14, "10:00");
        site.everyMinute(10, Mail.admitted(100));
        site.pass(5 * Scenario.MINUTE_MS);
        site.sends(Mail.deferred(100));
        assertThat(last(site).admit()).isGreaterThan(0.2);
    }

    private static Verdict last(Scenario site) {
        return site.verdicts().get(site.verdicts().size() - 1);
    }
}
