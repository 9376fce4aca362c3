package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a verdict is published, renewed, let go. */
class VerdictLifeTest {
    private static Scenario throttled() {
        Scenario site = Scenario.established(10).at(14, "10:00");
        site.sends(Mail.admitted(101));
        assertThat(site.state().inForce().throttle()).isTrue();
        return site;
    }

    @Test
    void aFirstSurgeIsReleasedAfterTwoCalmSlots() {
        Scenario site = throttled();
        site.at(14, "10:00:59").sends(Mail.deferred(101));
        assertThat(site.at(14, "10:01").sends(Mail.admitted(5))).allMatch(VerdictLifeTest::throttles);
        assertThat(site.at(14, "10:02").sends(Mail.admitted(5))).allMatch(VerdictLifeTest::throttles);
        List<Verdict> brought = site.at(14, "10:03").sends(Mail.admitted(5));
        assertThat(brought).hasSize(1);
        Verdict release = brought.get(0);
        assertThat(release.action()).isEqualTo(Verdict.Action.ALLOW);
        assertThat(release.admit()).isEqualTo(1.0);
        assertThat(release.reason()).isEqualTo("volume-surge");
        assertThat(release.seq()).isGreaterThan(site.verdicts().get(0).seq());
    }

    private static boolean throttles(Verdict verdict) {
        return verdict.action() == Verdict.Action.THROTTLE;
    }

    @Test
    void retriesOfTheDeferredAreNoNewDemand() {
        Scenario site = throttled();
        site.at(14, "10:01");
        assertThat(site.everyMinute(2, Mail.deferred(500).retried())).allMatch(VerdictLifeTest::throttles);
        assertThat(site.sends(Mail.deferred(500).retried()))
                .extracting(Verdict::action)
                .containsExactly(Verdict.Action.ALLOW);
    }

    @Test
    void newMailBeyondTheAllowanceKeepsIt() {
        Scenario site = throttled();
        site.at(14, "10:01");
        assertThat(site.everyMinute(60, Mail.deferred(500))).isNotEmpty().allMatch(VerdictLifeTest::throttles);
    }

    @Test
    void itIsRenewedBeforeItsLastThird() {
        Scenario site = throttled();
        site.at(14, "10:01");
        List<Verdict> brought = site.everyMinute(120, Mail.deferred(500));
        long expiresAtMs = site.verdicts().get(0).expiresAtMs();
        for (Verdict verdict : brought) {
            assertThat(expiresAtMs - verdict.decidedAtMs()).isGreaterThanOrEqualTo(4 * Scenario.MINUTE_MS);
            expiresAtMs = verdict.expiresAtMs();
        }
        assertThat(expiresAtMs).isGreaterThan(site.now());
    }

    /** Once the fraction has settled, 500 attempts a minute bring a verdict each ten minutes, not each minute. */
    @Test
    void aChangeOfLessThanATenthIsNotPublished() {
        Scenario site = throttled();
        site.at(14, "10:01").everyMinute(60, Mail.deferred(500));
        List<Verdict> settled = site.everyMinute(60, Mail.deferred(500));
        assertThat(settled).hasSizeBetween(5, 7);
        assertThat(site.everyMinute(2, Mail.deferred(510))).isEmpty();
        assertThat(site.everyMinute(3, Mail.deferred(800))).isNotEmpty();
    }

    @Test
    void whenNothingComesItExpiresAndTheNextSurgeIsANewOne() {
        Scenario site = throttled();
        site.at(14, "10:15");
        assertThat(site.view().inForce()).isNull();
        assertThat(site.sends(Mail.admitted(5))).isEmpty();
        List<Verdict> brought = site.sends(Mail.admitted(200));
        assertThat(brought).hasSize(1);
        assertThat(brought.get(0).caseId()).isNotEqualTo(site.verdicts().get(0).caseId());
    }

    /** Bursts with pauses of a few minutes would otherwise be free. */
    @Test
    void whoIsThrottledAgainSoonNeedsTwiceTheCalm() {
        Scenario site = throttled();
        long calm = minutesToRelease(site);
        assertThat(calm).isEqualTo(2);
        for (long expected : new long[] {4, 8, 16, 32, 64, 64}) {
            site.sends(Mail.admitted(300));
            assertThat(minutesToRelease(site)).isEqualTo(expected);
        }
    }

    @Test
    void anHourOfPeaceForgivesAllStrikes() {
        Scenario site = throttled();
        minutesToRelease(site);
        site.sends(Mail.admitted(300));
        assertThat(minutesToRelease(site)).isEqualTo(4);
        site.pass(61 * Scenario.MINUTE_MS).sends(Mail.admitted(300));
        assertThat(minutesToRelease(site)).isEqualTo(2);
    }

    /** Minutes from the end of the surge's own to the release, with a little mail in each. */
    private static long minutesToRelease(Scenario site) {
        for (int minute = 0; minute < 100; minute++) {
            site.pass(Scenario.MINUTE_MS);
            if (!site.sends(Mail.admitted(1)).stream().allMatch(VerdictLifeTest::throttles)) {
                return minute;
            }
        }
        return -1;
    }
}
