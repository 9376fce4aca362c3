package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mail with the null sender has a series, an allowance and a reason of its own. */
class BouncesTest {
    @Test
    void aFloodOfBouncesIsItsOwnReason() {
        Scenario site = Scenario.established(10).at(14, "10:00");
        List<Verdict> brought = site.everyMinute(3, Mail.bounces(20));
        assertThat(brought).isNotEmpty();
        assertThat(brought.get(0).reason()).isEqualTo("null-sender-surge");
        assertThat(brought.get(0).enhancedStatusCode()).isEqualTo("4.7.504");
        assertThat(brought.get(0).allowance()).isEqualTo(20);
    }

    @Test
    void itDoesNotTouchTheRecordOrTheBudgetOfMail() {
        Scenario site = Scenario.established(10).at(14, "10:00");
        site.sends(Mail.bounces(500));
        assertThat(site.state().mail().levels().fiveMinutes()).isZero();
        assertThat(site.record()).isEqualTo(new PerHorizon(50, 600, 6_000));
        assertThat(site.everyMinute(60, Mail.admitted(10)))
                .extracting(Verdict::reason)
                .containsOnly("null-sender-surge");
    }

    @Test
    void itEndsAfterTwoCalmSlotsOfBouncesWhateverTheMail() {
        Scenario site = Scenario.established(10).at(14, "10:00");
        site.sends(Mail.bounces(30));
        List<Verdict> brought = site.pass(Scenario.MINUTE_MS).everyMinute(5, Mail.admitted(10));
        assertThat(brought).extracting(Verdict::action).contains(Verdict.Action.ALLOW);
        assertThat(site.state().inForce().throttle()).isFalse();
    }

    @Test
    void aVerdictOnMailGoesBeforeOneOnBounces() {
        Scenario site = Scenario.established(10).at(14, "10:00");
        site.sends(Mail.bounces(30));
        List<Verdict> brought = site.sends(Mail.admitted(200));
        assertThat(brought).extracting(Verdict::reason).containsExactly("volume-surge");
    }

    @Test
    void whatIsEnforcedGoesBeforeWhatIsInShadow() {
        Scenario site =
                Scenario.established(10).rules("mode.volume-surge", "shadow").at(14, "10:00");
        site.sends(Mail.bounces(30));
        assertThat(site.sends(Mail.admitted(200))).isEmpty();
        assertThat(site.state().inForce().reason()).isEqualTo(Reason.NULL_SENDER_SURGE);
    }
}
