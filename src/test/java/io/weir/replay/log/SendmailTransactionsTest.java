package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.model.ConnectionEvent;
import org.junit.jupiter.api.Test;

class SendmailTransactionsTest {
    private static final String FROM =
            "6APDnefO000042: from=<a@example.net>, size=2034, class=0, nrcpts=2, msgid=<1@example.net>, proto=ESMTP, daemon=MTA,"
                    + " relay=mx.example.net [203.0.113.7]";
    private static final String REFUSED =
            FROM.replace("size=2034", "size=0").replace("nrcpts=2", "nrcpts=0").replace(" msgid=<1@example.net>,", "");

    private static Read read(String... lines) {
        String[] whole = new String[lines.length];
        for (int i = 0; i < lines.length; i++) {
            whole[i] = "Nov 25 " + lines[i].replaceFirst(" ", " mx1 sm-mta[42]: ");
        }
        return Read.lines(LogFormat.SENDMAIL, whole);
    }

    @Test
    void aMessageIsAdmittedWithTheNextLineAboutIt() {
        Read read = read(
                "10:00:00 " + FROM,
                "10:00:01 6APDnefO000042: to=<b@example.com>, delay=00:00:01, mailer=local, pri=60020, stat=Sent",
                "10:00:02 6APDnefO000042: to=<c@example.com>, delay=00:00:02, mailer=local, pri=60020, stat=Sent");
        assertThat(read.described()).containsExactly("10:00:01 203.0.113.7 admitted 2");
        ConnectionEvent event = read.events().get(0);
        assertThat(event.edge()).isEqualTo("mx1");
        assertThat(event.bytes()).isEqualTo(2034);
        assertThat(event.messages()).isEqualTo(1);
        assertThat(read.report().openAtEnd()).isZero();
    }

    @Test
    void aMessageOfWhichNothingMoreIsSaidIsAdmittedAfterAMinuteOrAtTheEnd() {
        Read read = read(
                "10:00:00 " + FROM,
                "10:00:59 other: x",
                "10:01:01 other: x",
                "10:01:02 " + FROM.replace("from=<a@example.net>", "from=<>"));
        assertThat(read.described())
                .containsExactly("10:01:01 203.0.113.7 admitted 2", "10:01:02 203.0.113.7 admitted 2 null");
    }

    @Test
    void aFilterRefusesOrDropsTheWholeMessageAfterItsLine() {
        assertThat(read("10:00:00 " + FROM, "10:00:01 6APDnefO000042: Milter: data, reject=550 5.7.1 spam")
                        .described())
                .containsExactly("10:00:01 203.0.113.7 rejected 2");
        assertThat(read("10:00:00 " + FROM, "10:00:01 6APDnefO000042: Milter: data, discard")
                        .described())
                .containsExactly("10:00:01 203.0.113.7 rejected 2");
        assertThat(read(
                                "10:00:00 " + FROM,
                                "10:00:01 6APDnefO000042: ruleset=check_eom, arg1=x, relay=mx.example.net [203.0.113.7], reject=550 no")
                        .described())
                .containsExactly("10:00:01 203.0.113.7 rejected 1");
        assertThat(read("10:00:00 " + FROM, "10:00:01 6APDnefO000042: Milter insert (1): header: X: y")
                        .described())
                .containsExactly("10:00:01 203.0.113.7 admitted 2");
    }

    @Test
    void aRefusedRecipientCountsOnceWhicheverLineTellsIt() {
        String ruleset =
                "6APDnefO000042: ruleset=check_rcpt, arg1=<x@elsewhere.example>, relay=mx.example.net [203.0.113.7] (may be forged),"
                        + " reject=550 5.7.1 <x@elsewhere.example>... Relaying denied";
        assertThat(read(
                                "10:00:00 " + ruleset,
                                "10:00:01 6APDnefO000042: <x@elsewhere.example>... Relaying denied",
                                "10:00:02 6APDnefO000042: <y@example.com>... User unknown",
                                "10:00:03 6APDnefO000042: <z@example.com>... User unknown",
                                "10:00:04 " + REFUSED)
                        .described())
                .containsExactly("10:00:00 203.0.113.7 rejected 1", "10:00:04 203.0.113.7 rejected 2");
    }

    @Test
    void whatWeirDeferredIsTold() {
        String deferred = "451 4.7.500 [203.0.113.7] temporarily rate limited: volume above its usual.";
        Read read = read(
                "10:00:00 6APDnefO000042: Milter: to=<b@example.com>, reject=" + deferred,
                "10:00:01 6APDnefO000042: Milter: to=<c@example.com>, reject=550 5.7.1 no",
                "10:00:02 " + REFUSED.replace("<a@example.net>", "<>"));
        assertThat(read.described())
                .containsExactly("10:00:02 203.0.113.7 rejected 1 null", "10:00:02 203.0.113.7 deferred 1 null");
    }

    @Test
    void aMessageThatIsBrokenOffIsAbandoned() {
        String cut = FROM.replace("size=2034", "size=0").replace(" msgid=<1@example.net>,", "");
        assertThat(read(
                                "10:00:00 6APDnefO000042: lost input channel from mx.example.net [203.0.113.7] to MTA after rcpt",
                                "10:00:01 " + cut)
                        .described())
                .containsExactly("10:00:01 203.0.113.7 abandoned 2");
        assertThat(read("10:00:00 6APDnefO000042: collect: premature EOM: unexpected close", "10:00:01 " + FROM)
                        .described())
                .containsExactly("10:00:01 203.0.113.7 abandoned 2");
        assertThat(read(
                                "10:00:00 6APDnefO000042: to=<b@example.com>, delay=00:00:01, pri=30000, stat=aborted by sender",
                                "10:00:01 " + cut)
                        .described())
                .containsExactly("10:00:01 203.0.113.7 abandoned 2");
        assertThat(read("10:00:01 " + cut).described()).containsExactly("10:00:01 203.0.113.7 abandoned 2");
    }

    @Test
    void connectionsWithoutAMessage() {
        Read read = read(
                "10:00:00 6APDnee3000052: client4.example.net [203.0.113.4] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA",
                "10:00:01 6APDnee3000053: [IPv6:2001:db8::5] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA",
                "10:00:02 6APDnee3000054: rejecting commands from x.example [203.0.113.6] due to pre-greeting traffic after 3 seconds",
                "10:00:03 ruleset=check_relay, arg1=[203.0.113.8], arg2=203.0.113.8, relay=[203.0.113.8], reject=421 4.3.2 Connection rate limit exceeded.",
                "10:00:04 6APDnee3000055: lost input channel from [203.0.113.9] to MTA after startup",
                "10:00:05 6APDnee3000056: timeout waiting for input from [203.0.113.10] during server cmd read",
                "10:00:06 " + REFUSED);
        assertThat(read.described())
                .containsExactly(
                        "10:00:00 203.0.113.4 connection unknown",
                        "10:00:01 2001:db8::5 connection unknown",
                        "10:00:02 203.0.113.6 connection rejected",
                        "10:00:03 203.0.113.8 connection rejected",
                        "10:00:04 203.0.113.9 connection abandoned",
                        "10:00:06 203.0.113.7 connection unknown");
    }

    @Test
    void theSitesOwnMailIsIgnored() {
        Read read = read(
                "10:00:00 6APDnefO000042: AUTH=server, relay=mx.example.net [203.0.113.7], authid=user, mech=PLAIN, bits=0",
                "10:00:01 " + FROM,
                "10:00:02 " + FROM.replace("MTA", "MSA").replace("113.7", "113.8"),
                "10:00:03 " + FROM.replace("mx.example.net [203.0.113.7]", "root@localhost"),
                "10:00:04 " + FROM.replace("203.0.113.7", "10.1.2.3"));
        assertThat(read.events()).isEmpty();
        assertThat(read.report().ignored())
                .containsOnly(entry("sendmail/authenticated client", 3L), entry("sendmail/local client", 2L));
    }

    /** A process id comes again. */
    @Test
    void anotherClientOfTheSameProcessIdHasNotAuthenticated() {
        Read read = read(
                "10:00:00 6APDnefO000041: AUTH=server, relay=mx.example.net [203.0.113.8], authid=user, mech=PLAIN, bits=0",
                "10:00:01 " + FROM);
        assertThat(read.described()).containsExactly("10:00:01 203.0.113.7 admitted 2");
    }

    @Test
    void otherProgramsAreIgnoredAndBrokenLinesCounted() {
        Read read = Read.lines(
                LogFormat.SENDMAIL,
                "Nov 25 10:00:00 <mail.info> mx1 sm-mta[42]: " + FROM,
                "Nov 25 10:00:01 mx1 dovecot: x",
                "Nov 25 10:00:02 mx1 sendmail[1]: " + FROM.replace("nrcpts=2", "nrcpts=many"),
                "Nov 25 10:00:03 mx1 sendmail[1]: " + FROM.replace("203.0.113.7", "nowhere"));
        assertThat(read.described()).containsExactly("10:00:03 203.0.113.7 admitted 2");
        assertThat(read.report().ignored()).containsOnly(entry("dovecot", 1L));
        assertThat(read.report().malformed()).isEqualTo(2);
    }
}
