package io.weir.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.explain.Origin.Grounds;
import java.util.List;
import org.junit.jupiter.api.Test;

class OriginTest {
    private static final Site SITE =
            Site.of(List.of("mx.corp.example", "Corp.Example."), "https://postmaster.corp.example/help");
    private static final String WORDS =
            "451 4.7.500 [203.0.113.7] temporarily rate limited: volume above its usual. Keep queued and retry. ";

    @Test
    void aCaseThatWasFoundIsOurs() {
        assertThat(Origin.of(Bounce.parse("K7Q2MKX4A2PD37WZ"), Site.NONE, true))
                .isEqualTo(new Origin.Ours(Grounds.CASE));
    }

    @Test
    void ourHelpPageIsOurs() {
        assertThat(origin(WORDS + "https://postmaster.corp.example/old/K7Q2MKX4A2PD37WZ (AS510)"))
                .isEqualTo(new Origin.Ours(Grounds.HELP_URL));
    }

    @Test
    void ourServerIsOurs() {
        assertThat(origin("host mx1.corp.example[192.0.2.25] said: " + WORDS + "(AS510)"))
                .isEqualTo(new Origin.Ours(Grounds.HOST));
    }

    @Test
    void theSameCodeOfMicrosoftIsMicrosofts() {
        assertThat(origin("host corp.mail.protection.outlook.com[192.0.2.1] said: 451 4.7.500 Server busy. (AS510)"))
                .isEqualTo(new Origin.Known(Operator.MICROSOFT, Grounds.HOST));
    }

    @Test
    void aNameThatEndsLikeOursIsAnothers() {
        assertThat(origin("host notcorp.example[192.0.2.1] said: " + WORDS + "(AS510)"))
                .isEqualTo(new Origin.Stranger("notcorp.example"));
        assertThat(origin("host evil-outlook.com[192.0.2.1] said: 451 4.7.500 Server busy"))
                .isEqualTo(new Origin.Stranger("evil-outlook.com"));
    }

    @Test
    void anotherSitesPageIsNamed() {
        assertThat(origin("host mx.else.example[192.0.2.1] said: " + WORDS
                        + "https://help.else.example/c/K7Q2MKX4A2PD37WZ (AS510)"))
                .isEqualTo(new Origin.OtherSite("https://help.else.example/c", "K7Q2MKX4A2PD37WZ"));
    }

    @Test
    void aCodeAloneIsNobodys() {
        assertThat(origin("451 4.7.500 (AS510)")).isEqualTo(new Origin.Unsaid());
        assertThat(origin(WORDS + "(AS510)")).isEqualTo(new Origin.Unsaid());
    }

    @Test
    void wordsThatOnlyOneUsesAreAHint() {
        assertThat(origin("451 4.7.500 Server busy. Please try again later from [203.0.113.7]. (AS843)"))
                .isEqualTo(new Origin.Known(Operator.MICROSOFT, Grounds.WORDING));
        assertThat(
                        origin(
                                "421 4.7.0 [TSS04] Messages from 203.0.113.7 temporarily deferred due to user complaints - 4.16.55.1"))
                .isEqualTo(new Origin.Known(Operator.YAHOO, Grounds.WORDING));
    }

    @Test
    void whoWroteTheReportDidNotGiveTheReply() {
        Bounce bounce = Bounce.parse("Reporting-MTA: dns; relay.corp.example\n\nFinal-Recipient: rfc822; a@b.example\n"
                + "Action: delayed\nStatus: 4.7.28\nRemote-MTA: dns; gmail-smtp-in.l.google.com\n"
                + "Diagnostic-Code: smtp; 421-4.7.28 Gmail has detected an unusual rate of mail\n");
        assertThat(Origin.of(bounce, SITE, false)).isEqualTo(new Origin.Known(Operator.GOOGLE, Grounds.HOST));
        assertThat(KnownReply.of(Operator.GOOGLE, bounce)).contains(KnownReply.GOOGLE_RATE);
    }

    private static Origin origin(String text) {
        return Origin.of(Bounce.parse(text), SITE, false);
    }
}
