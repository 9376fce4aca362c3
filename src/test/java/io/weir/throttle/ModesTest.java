package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Learning, shadow, enforce: what a site goes through before mail is deferred. */
class ModesTest {
    @Test
    void whileTheSiteLearnsNobodyIsThrottledAndAllAcceptedVolumeVouches() {
        Scenario site = Scenario.enforcing().learning(14);
        assertThat(site.officeHours(0, 14, Mail.admitted(100))).isEmpty();
        assertThat(site.at(14, "01:00").record()).isEqualTo(new PerHorizon(500, 6_000, 60_000));
        assertThat(site.view().learning()).isFalse();
    }

    @Test
    void theMomentLearningEndsTheAllowanceBinds() {
        Scenario site = Scenario.enforcing().learning(14);
        site.officeHours(0, 13, Mail.admitted(10));
        site.at(13, "23:50");
        // The surge began while the site learned; from midnight on it is judged.
        assertThat(site.everyMinute(10, Mail.admitted(100))).isEmpty();
        List<Verdict> brought = site.everyMinute(1, Mail.admitted(100));
        assertThat(brought).hasSize(1);
        assertThat(brought.get(0).decidedAtMs()).isEqualTo(Scenario.time(14, "00:00"));
    }

    /** Or one incident in those two weeks would be allowed ever after. */
    @Test
    void oneSurgeWhileLearningDoesNotBecomeTheRecord() {
        Scenario site = Scenario.enforcing().learning(14);
        site.officeHours(0, 6, Mail.admitted(10));
        site.at(6, "10:00").everyMinute(300, Mail.admitted(500));
        site.officeHours(7, 14, Mail.admitted(10));
        assertThat(site.at(14, "01:00").record()).isEqualTo(new PerHorizon(50, 600, 6_000));
    }

    @Test
    void aSiteThatHasSaidNothingIsInShadow() {
        Scenario site = Scenario.silent().at(0, "10:00");
        List<Verdict> brought = site.everyMinute(3, Mail.admitted(100));
        assertThat(brought).isNotEmpty().allMatch(verdict -> verdict.mode() == Mode.SHADOW);
    }

    @Test
    void switchingAReasonOnWhileItHoldsPublishesItAtTheNextEvent() {
        Scenario site = Scenario.silent().at(0, "10:00");
        site.sends(Mail.admitted(100));
        site.rules("mode.newcomer-volume", "enforce");
        List<Verdict> brought = site.sends(Mail.admitted(1));
        assertThat(brought).extracting(Verdict::mode).containsExactly(Mode.ENFORCE);
        assertThat(brought.get(0).rules()).isEqualTo(site.rules().id());
        site.rules("mode.newcomer-volume", "shadow");
        assertThat(site.sends(Mail.admitted(1))).extracting(Verdict::mode).containsExactly(Mode.SHADOW);
    }

    /** In shadow everything is admitted; the edge says what it would have deferred, and that does not vouch. */
    @Test
    void shadowDoesNotTeachASurge() {
        Scenario site = Scenario.silent().learning(14).rules(RuleKey.NOISE, "0");
        site.officeHours(0, 14, Mail.admitted(10));
        site.at(14, "10:00").everyMinute(60, Mail.admitted(500).withWouldDefer(490));
        assertThat(site.at(15, "01:00").record()).isEqualTo(new PerHorizon(50, 600, 6_000));
    }

    /** Even when nobody obeys and nobody says so, a day adds no more than the factor. */
    @Test
    void aDayGrowsTheRecordAtMostByTheFactor() {
        Scenario site = Scenario.established(10);
        site.officeHours(14, 15, Mail.admitted(1_000));
        PerHorizon grown = site.at(15, "01:00").record();
        assertThat(grown.fiveMinutes()).isBetween(50L, 100L);
        assertThat(grown.hour()).isBetween(600L, 1_200L);
        assertThat(grown.day()).isBetween(6_000L, 12_000L);
    }
}
