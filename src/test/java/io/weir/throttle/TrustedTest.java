package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client sends by a connector: never throttled, and not unobserved. */
class TrustedTest {
    /** Two weeks of office hours by the connector, in which it sends so much every minute. */
    private static Scenario established(int perMinute) {
        Scenario site = Scenario.enforcing().by("hq");
        site.officeHours(0, 14, Mail.admitted(perMinute));
        return site;
    }

    @Test
    void aRelayThatIsSetUpTodayIsNoNewcomer() {
        Scenario site = Scenario.enforcing().by("hq");
        assertThat(site.officeHours(0, 14, Mail.admitted(100))).isEmpty();
        // All that it sent vouches at once, by its second largest day, as where the site learns.
        assertThat(site.at(14, "01:00").record()).isEqualTo(new PerHorizon(500, 6_000, 60_000));
        assertThat(site.view().standing()).isEqualTo(Standing.ESTABLISHED);
        assertThat(site.view().learning()).isFalse();
    }

    @Test
    void itLearnsUntilItIsEstablished() {
        Scenario site = Scenario.enforcing().by("hq");
        site.officeHours(0, 6, Mail.admitted(10));
        assertThat(site.at(6, "10:00").everyMinute(10, Mail.admitted(5_000))).isEmpty();
        assertThat(site.view().learning()).isTrue();
        site.at(7, "10:00").everyMinute(1, Mail.admitted(10));
        assertThat(site.view().learning()).isFalse();
        assertThat(site.everyMinute(10, Mail.admitted(5_000))).isNotEmpty();
    }

    @Test
    void farAboveItsUsualItAlarmsInShadowWhateverTheRulesEnforce() {
        Scenario site = established(10).at(14, "10:00");
        List<Verdict> brought = site.everyMinute(3, Mail.admitted(300));
        assertThat(brought).isNotEmpty().allSatisfy(verdict -> {
            assertThat(verdict.mode()).isEqualTo(Mode.SHADOW);
            assertThat(verdict.client()).isEqualTo("203.0.113.7 via connector:hq");
            assertThat(verdict.alarms()).isTrue();
            assertThat(verdict.rules()).isEqualTo(site.rules().id());
        });
        assertThat(brought.get(0).reason()).isEqualTo("volume-surge");
        assertThat(brought.get(0).record()).isEqualTo(50);
    }

    @Test
    void theAlarmEndsByItself() {
        Scenario site = established(10).at(14, "10:00");
        site.everyMinute(3, Mail.admitted(300));
        List<Verdict> brought = site.everyMinute(30, Mail.admitted(10));
        assertThat(brought).last().extracting(Verdict::action).isEqualTo(Verdict.Action.ALLOW);
        assertThat(brought).last().extracting(Verdict::mode).isEqualTo(Mode.SHADOW);
    }

    @Test
    void guessingRecipientsAlarmsToo() {
        Scenario site = established(10).at(16, "10:00");
        site.everyMinute(30, Mail.rejected(100));
        assertThat(site.everyMinute(5, Mail.admitted(10)))
                .isNotEmpty()
                .extracting(Verdict::reason)
                .containsOnly("rejected-share");
    }

    @Test
    void soDoesAFloodOfBounces() {
        Scenario site = established(10).at(14, "10:00");
        assertThat(site.everyMinute(3, Mail.bounces(300)))
                .isNotEmpty()
                .extracting(Verdict::reason)
                .containsOnly("null-sender-surge");
    }

    @Test
    void afterALongSilenceItComesBackAsAStrangerToBeLookedAt() {
        Scenario site = established(10).at(54, "10:00");
        assertThat(site.everyMinute(3, Mail.admitted(300)))
                .isNotEmpty()
                .extracting(Verdict::reason)
                .containsOnly("dormant-return");
    }

    @Test
    void forgottenItLearnsAnew() {
        Scenario site = established(10).at(600, "10:00");
        assertThat(site.everyMinute(3, Mail.admitted(300))).isEmpty();
        assertThat(site.view().standing()).isEqualTo(Standing.NEWCOMER);
    }

    @Test
    void itsOtherMailIsAnotherSenders() {
        Scenario site = established(10).at(14, "10:00");
        assertThat(site.by(null).state()).isNull();
        List<Verdict> brought = site.everyMinute(3, Mail.admitted(300));
        assertThat(brought).isNotEmpty().allMatch(verdict -> verdict.mode() == Mode.ENFORCE);
        assertThat(brought).extracting(Verdict::client).containsOnly("203.0.113.7");
        assertThat(brought).extracting(Verdict::reason).containsOnly("newcomer-volume");
        assertThat(site.by("branch").state()).isNull();
    }

    @Test
    void whatItSendsTakesNoPlaceAmongItsNetworksNewSenders() {
        Scenario site = Scenario.enforcing().client("2001:db8:1:2::25");
        site.by("hq").everyMinute(1, Mail.admitted(1));
        assertThat(site.network().newSenders()).isEqualTo(1);
        assertThat(site.by(null).network()).isEqualTo(NetworkState.NONE);
    }

    @Test
    void whatNobodyCanNameLeavesNoTrace() {
        for (String exemptBy : List.of("connector:", "connector:no such", "private-address", "override:x")) {
            assertThat(Throttle.counts(event(exemptBy))).as(exemptBy).isFalse();
        }
        assertThat(Throttle.counts(event("connector:hq"))).isTrue();
    }

    private static ConnectionEvent event(String exemptBy) {
        var any = new Mail(Outcome.ADMITTED, 1, 0, 0, false).from("203.0.113.7", 0);
        return new ConnectionEvent(
                true,
                any.edge(),
                any.edgeSeq(),
                any.occurredAtMs(),
                any.clientAddress(),
                any.sender(),
                any.outcome(),
                1,
                1,
                0,
                0,
                0,
                false,
                exemptBy,
                any.facts());
    }
}
