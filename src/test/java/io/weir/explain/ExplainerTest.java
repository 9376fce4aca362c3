package io.weir.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.throttle.Ramp;
import io.weir.throttle.Reason;
import io.weir.throttle.Rules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainerTest {
    private static final Site SITE = Site.of(List.of("corp.example"), "https://postmaster.corp.example/help");
    private static final long DAY_MS = 86_400_000;

    private final Cases newcomer = Cases.newcomer();

    @Test
    void theFirstSentenceIsForWhoWroteTheMail() {
        Explanation told = offline("host mx1.corp.example[192.0.2.25] said: 451 4.7.500 limited (AS510)");
        assertThat(told.lead())
                .isEqualTo(
                        "Your message is delayed; it was not judged as spam. The sending server tries again by itself; send the message"
                                + " again only if you are told that it gave up.");
        assertThat(told.origin()).isEqualTo("ours");
    }

    @Test
    void whoIsToldThatTheServerGaveUpShallSendAgain() {
        Explanation told = offline(
                "Reporting-MTA: dns; r.example\n\nFinal-Recipient: rfc822; bo@corp.example\nAction: failed\n"
                        + "Status: 4.7.500\nRemote-MTA: dns; mx1.corp.example\nDiagnostic-Code: smtp; 451 4.7.500 limited (AS510)\n");
        assertThat(told.lead()).endsWith("The sending server has given up trying: send the message again.");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsExplainedByItsNumberAndByItsCode(Reason reason) {
        String host = "host mx1.corp.example[192.0.2.25] said: ";
        for (String text : List.of(
                host + "451 4.7.999 limited (AS" + reason.as() + ")",
                host + "451 " + reason.enhancedStatusCode() + " limited")) {
            String page = PlainText.of(offline(text)).replaceAll("\\s+", " ");
            assertThat(page).contains(reason.id(), reason.meaning(), reason.fix());
            assertThat(page).contains("on-premises", "--kind partner", "onmicrosoft.com", "RFC 5321");
        }
    }

    @Test
    void spamOfTheServerIsNotDenied() {
        Explanation told = offline("host mx1.corp.example[192.0.2.25] said: 451 4.7.505 limited (AS515)");
        assertThat(told.lead()).contains("it was not judged as spam itself, but much else that its server sent was.");
    }

    @Test
    void aThrottleOfNobodyIsNotTakenForOurs() {
        Explanation told = offline("451 4.7.500 limited (AS510)");
        assertThat(told.origin()).isEqualTo("unsaid");
        assertThat(told.whose()).isEqualTo("The text does not say which server gave this reply.");
        String page = PlainText.of(told);
        assertThat(page).doesNotContain(Reason.VOLUME_SURGE.meaning()).doesNotContain("not judged as spam");
        assertThat(page).contains("Office 365").contains("the code does not tell whose limit");
    }

    @Test
    void microsoftsIsMicrosofts() {
        Explanation told =
                offline("host x.mail.protection.outlook.com[192.0.2.1] said: 451 4.7.500 Server busy. (AS510)");
        assertThat(told.whose())
                .isEqualTo(
                        "This reply is not ours. It comes from Microsoft (Office 365, Outlook.com): the server that gave the reply says so.");
        assertThat(PlainText.of(told)).contains("IP throttling").doesNotContain("volume-surge");
    }

    @Test
    void theOldWritingIsMicrosoftsToo() {
        Explanation told =
                offline("host x.protection.outlook.com[192.0.2.1] said: 451 5.7.501 Please try again later. (AS501)");
        assertThat(told.lead()).startsWith("Your message is delayed");
        assertThat(PlainText.of(told)).contains("IP throttling");
    }

    @Test
    void ofAStrangerNothingIsInvented() {
        Explanation told = offline("host mx.else.example[192.0.2.1] said: 451 4.7.28 go away (X99)");
        assertThat(told.whose()).contains("mx.else.example").contains("nothing more is known");
        assertThat(PlainText.of(told).replaceAll("\\s+", " "))
                .contains("a temporary failure: trying again later may help. Subject: security or a site's policy")
                .contains("would be a guess")
                .doesNotContain("Gmail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 5.1.1 no such user", "host a.example[192.0.2.1] said: 554 5.7.1 no"})
    void aRefusalIsCalledOne(String text) {
        assertThat(offline(text).lead()).startsWith("Your message was not delivered");
    }

    @Test
    void connectorsRepliesAreExplained() {
        assertThat(offline(
                                "host mx.corp.example[192.0.2.1] said: 550 5.7.51 mail of this domain is not accepted from here")
                        .lead())
                .contains("certain servers only");
        assertThat(offline("host mx.corp.example[192.0.2.1] said: 451 4.7.10 connector p asks for TLS")
                        .lead())
                .contains("until the server that sends it uses encryption");
    }

    @Test
    void nothingIsSaidToBeNothing() {
        Explanation told = offline("hello there");
        assertThat(told.lead()).isEqualTo("No reply of a mail server was found in this text.");
        assertThat(told.facts()).isEmpty();
    }

    @Test
    void aCaseInForceHasItsFiguresAndItsEnd() {
        Explanation told = live(newcomer.live(0, true), null);
        String page = PlainText.of(told).replaceAll("\\s+", " ");
        assertThat(told.origin()).isEqualTo("ours");
        assertThat(page)
                .contains("It is still in force, until 23 Nov 2026")
                .contains("Sent today (UTC) so far: 437 recipients tried, 437 accepted.")
                .contains("Address concerned " + Cases.CLIENT)
                .contains(Figures.count(newcomer.verdict().allowance()));
        Ramp.Day today = newcomer.live(0, true).view().ramp().get(0);
        assertThat(page).contains("Mon 23 Nov " + today.volume() + " " + today.perHour());
        assertThat(page).contains("If traffic stays as it is, it ends on Tue 24 Nov");
    }

    @Test
    void whoMayNotSeeFiguresSeesBands() {
        String page = PlainText.of(live(newcomer.live(0, false), null));
        assertThat(page).doesNotContain("437").contains("300 to 500 recipients tried");
    }

    @Test
    void whenItIsOverThatIsSaid() {
        assertThat(PlainText.of(live(newcomer.live(DAY_MS, true), null)))
                .contains("It is over: nothing is held back now.")
                .contains("Nothing is to be waited for.");
    }

    @Test
    void theDayOfAVolumeWantedIsNamed() {
        String page = PlainText.of(live(newcomer.live(0, true), 3_000L)).replaceAll("\\s+", " ");
        Ramp.Day day = newcomer.live(0, true).view().ramp().stream()
                .filter(one -> one.volume() >= 3_000)
                .findFirst()
                .orElseThrow();
        assertThat(page)
                .contains("3,000 recipients a day are free from " + Figures.rampDay(Cases.NOW_MS, day.day()) + " on");
        assertThat(PlainText.of(live(newcomer.live(0, true), 500_000_000L))).contains("not free within 60 days");
    }

    @Test
    void anUnknownCaseTellsWhatANewcomerMay() {
        Explanation told = live(new Live.Unknown(Rules.DEFAULTS, Cases.NOW_MS), null);
        assertThat(PlainText.of(told)).contains("Nothing is known of this case here.");
    }

    @Test
    void aVolumeMustBeOne() {
        assertThatThrownBy(() -> new Question(Bounce.parse("x"), SITE, new Live.Unasked(), 0L))
                .hasMessage("the volume wanted must be 1 to 1000000000 recipients a day, got 0");
    }

    @Test
    void plainTextCarriesNoControls() {
        String page =
                PlainText.of(offline("host mx.else.example[192.0.2.1] said: 451 4.7.1 \u001b[31mred \u202ereverse"));
        assertThat(page.chars()).noneMatch(c -> (c < ' ' && c != '\n') || c == 0x202e);
        assertThat(page.lines().filter(line -> !line.contains("https://"))).allMatch(line -> line.length() <= 90);
    }

    private static Explanation offline(String text) {
        return Explainer.explain(Question.offline(Bounce.parse(text), SITE));
    }

    private Explanation live(Live live, Long wanted) {
        Bounce bounce = Bounce.parse("451 4.7.501 [203.0.113.7] temporarily rate limited: too much for a new sender."
                + " https://postmaster.corp.example/help/" + newcomer.verdict().caseId() + " (AS511)");
        return Explainer.explain(new Question(bounce, SITE, live, wanted));
    }
}
