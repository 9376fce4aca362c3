package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Outcome;
import io.weir.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sender whose mail turns out to be spam, or that guesses recipients, is held to the floor. */
class ConductTest {
    @Test
    void aFifthOfSpamInTwoDaysIsBadConduct() {
        Scenario site = Scenario.established(10);
        site.at(16, "10:00").everyMinute(10, Mail.admitted(10));
        site.amend(Scenario.time(16, "10:05"), 19, 0);
        assertThat(site.allowance(Horizon.FIVE_MINUTES)).isEqualTo(200);
        site.amend(Scenario.time(16, "10:05"), 1, 0);
        assertThat(site.view().fault()).isEqualTo(Reason.SPAM_SHARE);
        assertThat(site.allowance(Horizon.FIVE_MINUTES)).isEqualTo(10);
        site.amend(Scenario.time(16, "10:05"), 10, 0);
        List<Verdict> brought = site.sends(Mail.admitted(6));
        assertThat(brought).hasSize(1);
        assertThat(brought.get(0).reason()).isEqualTo("spam-share");
        assertThat(brought.get(0).as()).isEqualTo(515);
        assertThat(brought.get(0).allowance()).isEqualTo(10);
    }

    @Test
    void tooFewToJudgeAreNotJudged() {
        Scenario site = Scenario.established(10).at(16, "10:00");
        site.sends(Mail.admitted(19));
        site.amend(site.now(), 19, 0);
        assertThat(site.view().fault()).isNull();
        site.sends(Mail.admitted(1));
        assertThat(site.view().fault()).isEqualTo(Reason.SPAM_SHARE);
    }

    @Test
    void whoGuessesRecipientsIsHeldToTheFloor() {
        Scenario site = Scenario.established(10).at(16, "10:00");
        site.everyMinute(2, Mail.admitted(10));
        site.everyMinute(1, Mail.rejected(29));
        assertThat(site.view().fault()).isNull();
        site.sends(Mail.rejected(1));
        assertThat(site.view().fault()).isEqualTo(Reason.REJECTED_SHARE);
        site.pass(5 * Scenario.MINUTE_MS).every(10 * Scenario.MINUTE_MS, 5, Mail.rejected(4));
        site.at(16, "11:30").sends(Mail.admitted(5));
        assertThat(site.verdicts()).isEmpty();
        Verdict verdict = site.sends(Mail.admitted(1)).get(0);
        assertThat(verdict.reason()).isEqualTo("rejected-share");
        assertThat(verdict.enhancedStatusCode()).isEqualTo("4.7.506");
        assertThat(verdict.allowance()).isEqualTo(10);
    }

    /** Else it would be held to a floor of those that exist, and could guess ten times as many. */
    @Test
    void guessesUseUpTheFloorOfWhoIsHeldForGuessing() {
        Scenario site = Scenario.established(10).at(16, "10:00");
        site.sends(Mail.rejected(49));
        assertThat(site.state().mail().levels()).isEqualTo(PerHorizon.ZERO);
        site.sends(Mail.rejected(1));
        assertThat(site.view().fault()).isEqualTo(Reason.REJECTED_SHARE);
        site.sends(Mail.rejected(4));
        assertThat(site.verdicts()).isEmpty();
        assertThat(site.sends(Mail.rejected(1)).get(0).reason()).isEqualTo("rejected-share");
        assertThat(site.state().mail().today().peaks()).isEqualTo(PerHorizon.ZERO);
    }

    @Test
    void ourOwnDeferralsSayNothingAboutTheSender() {
        Scenario site = Scenario.established(10).at(16, "10:00");
        site.sends(Mail.deferred(1000));
        assertThat(site.state().conduct().today()).isEqualTo(Conduct.Counts.NONE);
        site.sends(Mail.admitted(40).with(Outcome.ABANDONED));
        site.sends(Mail.rejected(60));
        assertThat(site.state().conduct().today()).isEqualTo(new Conduct.Counts(100, 60, 0, 0));
    }

    @Test
    void afterTwoGoodDaysItIsForgotten() {
        Scenario site = Scenario.established(10).at(16, "10:00");
        site.sends(Mail.rejected(100));
        assertThat(site.at(17, "10:00").view().fault()).isEqualTo(Reason.REJECTED_SHARE);
        assertThat(site.at(18, "10:00").view().fault()).isNull();
        assertThat(site.everyMinute(60, Mail.admitted(10))).isEmpty();
    }
}
