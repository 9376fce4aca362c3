package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.model.ConnectionEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EximTransactionsTest {
    private static final String ID = "1xWDGF-0001cG-1q ";
    private static final String ARRIVED = ID + "<= a@example.net H=mx.example.net (helo) [203.0.113.7] P=esmtp S=2180";

    private static Read read(String... lines) {
        String[] whole = new String[lines.length];
        for (int i = 0; i < lines.length; i++) {
            whole[i] = "2026-11-25 " + lines[i];
        }
        return Read.lines(LogFormat.EXIM, whole);
    }

    @Test
    void anArrivalIsAnAdmittedMessage() {
        Read read = read("10:00:00 " + ARRIVED + " id=1@example.net for b@example.com c@example.com");
        assertThat(read.described()).containsExactly("10:00:00 203.0.113.7 admitted 2");
        ConnectionEvent event = read.events().get(0);
        assertThat(event.bytes()).isEqualTo(2180);
        assertThat(event.messages()).isEqualTo(1);
        assertThat(event.edge()).isEqualTo("here");
    }

    @Test
    void recipientsThatAnArrivalDoesNotTellAreToldByTheirFirstDeliveries() {
        Read read = read(
                "10:00:00 " + ARRIVED,
                "10:00:00 " + ID + "=> bob <b@example.com> R=local T=maildir",
                "10:00:01 " + ID + "-> carl <b@example.com> R=local T=maildir",
                "10:00:01 " + ID + "** d@example.com F=<a@example.net> R=dns T=smtp: 550 no",
                "10:00:02 " + ID + "== e@example.com R=dns T=smtp defer (-44): 450 later",
                "10:09:02 " + ID + "=> e@example.com R=dns T=smtp H=mx.example.org [198.51.100.1] C=\"250 ok\"",
                "10:09:02 " + ID + "=> :blackhole: (list@example.com) <f@example.com> R=list",
                "10:09:03 " + ID + "Completed",
                "10:10:00 " + ID + "=> g@example.com R=dns");
        assertThat(read.described())
                .containsExactly(
                        "10:00:00 203.0.113.7 admitted 1",
                        "10:00:01 203.0.113.7 admitted 1",
                        "10:00:02 203.0.113.7 admitted 1",
                        "10:09:02 203.0.113.7 admitted 1");
        assertThat(read.events()).extracting(ConnectionEvent::messages).containsExactly(1, 0, 0, 0);
        assertThat(read.report().openAtEnd()).isZero();
    }

    @Test
    void aNullSendersRecipientsAreBouncesAll() {
        Read read = read(
                "10:00:00 " + ARRIVED.replace("a@example.net", "<>"),
                "10:00:01 " + ID + "=> b@example.com R=x",
                "10:00:01 " + ID + "=> c@example.com R=x");
        assertThat(read.described())
                .containsExactly("10:00:00 203.0.113.7 admitted 1 null", "10:00:01 203.0.113.7 admitted 1 null");
    }

    /** A sender's address, a HELO and a subject are the client's words. */
    @Test
    void whatAClientSaysIsNotTakenForTheClient() {
        assertThat(read(
                                "10:00:00 " + ID
                                        + "<= \"x H=[198.51.100.1] y\"@z H=mx (a.b) [203.0.113.7]:25 I=[192.0.2.1]:25 P=esmtps"
                                        + " X=TLS1.3:x:256 CV=no S=1 T=\"H=[198.51.100.2] A=x for \\\" d@e\" for b@example.com",
                                "10:00:01 H=([198.51.100.1]) [203.0.113.7] F=<\"> rejected H=[198.51.100.1]\"@z> rejected RCPT <b@example.com>: no")
                        .described())
                .containsExactly("10:00:00 203.0.113.7 admitted 1", "10:00:01 203.0.113.7 rejected 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "H=[203.0.113.7] F=<a@b> rejected RCPT <x@y>: no | rejected 1",
                "H=mx [203.0.113.7] F=<> temporarily rejected RCPT <x@y>: greylisted | rejected 1 null",
                "H=mx (helo) [203.0.113.7]:4711 I=[192.0.2.1]:25 Ci=7 X=TLS1.3 CV=no SNI=a F=<a@b> rejected RCPT <x@y> | rejected 1",
                "H=mx [203.0.113.7] F=<a@b> temporarily rejected RCPT <x@y>: weir: 451 4.7.500 [203.0.113.7] temporarily rate limited: x | deferred 1",
                "H=mx [203.0.113.7] F=<a@b> rejected RCPT <\": weir: 451 4.7.500 temporarily rate limited\"@y>: no | rejected 1",
                "H=mx [203.0.113.7] F=<a@b> rejected RCPT <\"a>: weir: 451 4.7.500 temporarily rate limited\"@y>: no | rejected 1",
                "H=mx [203.0.113.7] rejected MAIL <a@b>: no | rejected 1",
                "H=mx [203.0.113.7] F=<a@b> rejected after DATA: virus | rejected 1",
                "1xWDGF-0001cG-1q H=mx [203.0.113.7] F=<a@b> rejected after DATA | rejected 1",
                "1xWDGF-0001cG-1q F=<a@b> H=mx [203.0.113.7] P=smtp rejected by local_scan(): no | rejected 1",
                "[77] 1xWDGF-00000000cGk-1qAz H=mx [203.0.113.7] F=<a@b> rejected during MIME ACL checks: no | rejected 1",
                "H=mx [203.0.113.7] incomplete transaction (QUIT) from <a@b> for x@y | abandoned 1",
                "SMTP connection from mx (helo) [203.0.113.7] lost while reading message data (header) | abandoned 1",
                "SMTP data timeout (message abandoned) on connection from (helo) [203.0.113.7] F=<a@b> | abandoned 1",
                "1xWDGF-0001cG-1q SMTP connection lost after final dot H=(test) [203.0.113.7] P=smtps | abandoned 1",
            })
    void attempts(String line, String expected) {
        assertThat(read("10:00:00 " + line).described()).containsExactly("10:00:00 203.0.113.7 " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "H=mx [203.0.113.7] temporarily rejected connection in \"connect\" ACL: no | rejected",
                "H=[203.0.113.7]:62839 dropped by 'connect' ACL: no | rejected",
                "H=mx [203.0.113.7] rejected EHLO or HELO x: no | rejected",
                "H=mx [203.0.113.7] rejected AUTH plain: STARTTLS required | rejected",
                "rejected EHLO from (bad) [203.0.113.7]: syntactically invalid argument(s): bad | rejected",
                "SMTP call from [203.0.113.7] dropped: too many syntax or protocol errors | rejected",
                "SMTP protocol synchronization error (x): rejected connection from H=[203.0.113.7]:25936 input=\"GET\" | rejected",
                "[7] 1ahr79-0006jK-G9 SMTP connection from (x) [203.0.113.7]:44884 I=[192.0.2.1]:25 closed by DROP in ACL | rejected",
                "no MAIL in SMTP connection from mx (helo) [203.0.113.7]:20042 I=[192.0.2.1]:25 D=1s C=EHLO,QUIT | unknown",
                "SMTP command timeout on connection from mx [203.0.113.7] D=5m | abandoned",
                "unexpected disconnection while reading SMTP command from (test) [203.0.113.7] D=1s | abandoned",
            })
    void connections(String line, String expected) {
        assertThat(read("10:00:00 " + line).described()).containsExactly("10:00:00 203.0.113.7 connection " + expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1xWDGF-0001cG-1q <= root@example.com U=root P=local S=1",
                "1xWDGF-0001cG-1q <= <> R=1xWDGF-0001cG-1p U=Debian-exim P=local S=1",
                "1xWDGF-0001cG-1q <= a@b H=localhost [127.0.0.1] P=esmtp S=1",
                "1xWDGF-0001cG-1q <= a@b H=mx [203.0.113.7] P=esmtpsa A=plain:user S=1",
                "H=mx [203.0.113.7] A=plain:user F=<a@b> rejected RCPT <x@y>: no",
                "H=mx [203.0.113.7] sender verify fail for <a@b>: no",
                "U=root F=<a@b> rejected RCPT <x@y>: no",
                "1xWDGF-0001cG-1q H=mx.example.org [198.51.100.1]: SMTP error from remote mail server after RCPT TO:<x@y>: 451 no",
                "1xWDGF-0001cG-1q => x@y R=dns T=smtp H=mx [198.51.100.1]",
                "plain authenticator failed for (x) [203.0.113.7]: 535 Incorrect authentication data",
                "no host name found for IP address 203.0.113.7",
                "SMTP connection from [203.0.113.7]:1 (TCP/IP connection count = 1)",
                "SMTP call from root dropped: too many nonmail commands",
                "exim 4.96 daemon started: pid=1",
                "Start queue run: pid=2",
            })
    void whatTellsNothingOfInboundMailIsIgnored(String line) {
        Read read = read("10:00:00 " + line);
        assertThat(read.events()).isEmpty();
        assertThat(read.report().malformed()).isZero();
        assertThat(read.report().ignoredLines()).isEqualTo(1);
    }

    @Test
    void linesThroughSyslogWithItsStampOrTheirOwn() {
        String rejected = "H=mx [203.0.113.7] F=<a@b> rejected RCPT <x@y>: no";
        Read read = Read.lines(
                LogFormat.EXIM,
                "Nov 25 10:00:00 mx1 exim[12]: " + rejected,
                "Nov 25 10:00:09 mx1 exim4[12]: 2026-11-25 10:00:01 [12] " + rejected,
                "mx1.example.org exim[12]: 2026-11-25 10:00:02 " + rejected,
                "2026-11-25 10:00:03 mx1.example.org exim[12]: " + rejected,
                "2026-11-25 10:00:04 info exim[12]: [12] " + rejected,
                "2026-11-25T10:00:05+00:00 mx1 exim[12]: " + rejected,
                "Nov 25 10:00:06 mx1 dovecot: imap-login: x");
        assertThat(read.described())
                .containsExactly(
                        "10:00:00 203.0.113.7 rejected 1",
                        "10:00:01 203.0.113.7 rejected 1",
                        "10:00:02 203.0.113.7 rejected 1",
                        "10:00:03 203.0.113.7 rejected 1",
                        "10:00:04 203.0.113.7 rejected 1",
                        "10:00:05 203.0.113.7 rejected 1");
        assertThat(read.events())
                .extracting(ConnectionEvent::edge)
                .containsExactly("mx1", "mx1", "mx1.example.org", "mx1.example.org", "here", "mx1");
        assertThat(read.report().ignored()).containsOnly(entry("exim/other", 1L));
    }

    @Test
    void brokenLinesAreCounted() {
        Read read = read(
                "10:00:00 H=mx (helo [203.0.113.7 F=<a@b> rejected RCPT <x@y>: no",
                "10:00:00 " + ID + "<= a@b H=mx [203.0.113.777] P=smtp S=1",
                "10:00:00 SMTP call from (x) [ dropped: x",
                "10:00",
                "");
        assertThat(read.events()).isEmpty();
        assertThat(read.report().malformed()).isEqualTo(5);
    }
}
