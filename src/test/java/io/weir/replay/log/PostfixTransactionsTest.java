package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostfixTransactionsTest extends PostfixLogFixture {
    @Test
    void aMessageIsAdmittedWhenItIsQueuedForAllItsRecipients() {
        ReadReport report = read(
                "10:00:00 " + CONNECT,
                "10:00:01 " + CLIENT,
                "10:00:02 postfix/cleanup[8]: 4104E3D: message-id=<x@example.net>",
                "10:00:03 " + QUEUED,
                "10:00:04 " + DISCONNECT + " ehlo=1 mail=1 rcpt=3 data=1 quit=1 commands=7");

        assertThat(events).hasSize(1);
        ConnectionEvent event = events.get(0);
        assertThat(event.transaction()).isTrue();
        assertThat(event.edge()).isEqualTo("mx1");
        assertThat(event.edgeSeq()).isEqualTo(ConnectionEvent.NO_SEQ);
        assertThat(Instant.ofEpochMilli(event.occurredAtMs())).isEqualTo("2015-10-22T10:00:03Z");
        assertThat(event.clientAddress()).isEqualTo("203.0.113.7");
        assertThat(event.sender().network()).isEqualTo("203.0.113.0/24");
        assertThat(event.outcome()).isEqualTo(Outcome.ADMITTED);
        assertThat(event.messages()).isEqualTo(1);
        assertThat(event.recipients()).isEqualTo(3);
        assertThat(event.bytes()).isEqualTo(5360);
        assertThat(event.nullSender()).isFalse();
        assertThat(report.understood()).isEqualTo(4);
        assertThat(report.ignored()).containsExactly(entry("cleanup/message-id", 1L));
        assertThat(report.openAtEnd()).isZero();
    }

    @Test
    void theQueueManagersLineMayComeAfterTheDisconnect() {
        read("10:00:00 " + CONNECT, "10:00:01 " + CLIENT, "10:00:02 " + DISCONNECT, "10:00:03 " + QUEUED);
        assertThat(described()).containsExactly("10:00:03 203.0.113.7 admitted 3");
    }

    @Test
    void aMessageQueuedAgainOrBeforeTheLogBeganIsNotCounted() {
        ReadReport report =
                read("10:00:00 " + QUEUED, "10:00:01 " + CLIENT, "10:00:02 " + QUEUED, "11:00:00 " + QUEUED);
        assertThat(described()).containsExactly("10:00:02 203.0.113.7 admitted 3");
        assertThat(report.ignored()).containsExactly(entry("qmgr/queued before, or not from a client", 2L));
    }

    @Test
    void theNullSenderIsToldApart() {
        read("10:00:01 " + CLIENT, "10:00:02 " + QUEUED.replace("a@example.net", ""));
        assertThat(events)
                .singleElement()
                .extracting(ConnectionEvent::nullSender)
                .isEqualTo(true);

        events.clear();
        read(
                "10:00:01 postfix/smtpd[7]: NOQUEUE: reject: RCPT from x[203.0.113.7]: 550 5.1.1 <u@e>: no; from=<> to=<u@e> proto=SMTP");
        assertThat(events)
                .singleElement()
                .extracting(ConnectionEvent::nullSender)
                .isEqualTo(true);
    }

    @Test
    void whatAClientWritesIntoItsAddressDoesNotBecomeTheSize() {
        read("10:00:01 " + CLIENT, "10:00:02 " + QUEUED.replace("a@example.net", "\"a, size=1, nrcpt=999999\"@x"));
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.recipients()).isEqualTo(3);
            assertThat(event.bytes()).isEqualTo(5360);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NOQUEUE: reject: RCPT from x[203.0.113.7]: 554 5.7.1 blocked; from=<a@b> to=<c@d>                      | 203.0.113.7 rejected 1
            NOQUEUE: reject: RCPT from x[203.0.113.7]:40123: 554 5.7.1 blocked; from=<a@b> to=<c@d>                | 203.0.113.7 rejected 1
            NOQUEUE: reject: RCPT from unknown[2001:db8::1]: 450 4.7.1 <h>: Helo command rejected; from=<a@b>      | 2001:db8::1 rejected 1
            NOQUEUE: reject: MAIL from x[203.0.113.7]: 452 4.3.1 Insufficient system storage; proto=ESMTP          | 203.0.113.7 rejected 1
            NOQUEUE: milter-reject: RCPT from x[203.0.113.7]: 451 4.7.1 Greylisting in action; from=<a@b>          | 203.0.113.7 rejected 1
            4104E3D: reject: RCPT from x[203.0.113.7]: 550 5.1.1 <c@d>: unknown; from=<a@b> to=<c@d>               | 203.0.113.7 rejected 1
            NOQUEUE: reject: RCPT from x[203.0.113.7]: 451 4.7.500 <x[203.0.113.7]>: Client host rejected: [203.0.113.7] temporarily rate limited: volume above its usual. Keep queued and retry. (AS510); from=<a@b> | 203.0.113.7 deferred 1
            NOQUEUE: reject: RCPT from x[203.0.113.7]: 550 5.7.1 you are temporarily rate limited; from=<a@b>      | 203.0.113.7 rejected 1
            NOQUEUE: reject: RCPT from x[203.0.113.7]: 451 4.7.699 <x[203.0.113.7]>: Client host rejected: later; from=<a@b> | 203.0.113.7 deferred 1
            NOQUEUE: reject: RCPT from x[203.0.113.7]:4711: 451 4.7.500 <x[203.0.113.7]>: later; from=<a@b>        | 203.0.113.7 deferred 1
            NOQUEUE: reject: RCPT from x[203.0.113.7]: 451 4.7.499 later; from=<a@b>                               | 203.0.113.7 rejected 1
            NOQUEUE: reject: RCPT from x[203.0.113.7]: 550 5.7.1 no; from=<": 451 4.7.500 temporarily rate limited"@b> | 203.0.113.7 rejected 1
            """)
    void eachRefusedRecipientIsAnAttempt(String line, String expected) {
        read("10:00:00 " + CONNECT, "10:00:01 postfix/smtpd[7]: " + line, "10:00:02 " + DISCONNECT);
        assertThat(described()).containsExactly("10:00:01 " + expected);
    }

    @Test
    void aRefusedRecipientDoesNotEndTheTransactionOfTheOthers() {
        read(
                "10:00:00 " + CONNECT,
                "10:00:01 " + CLIENT,
                "10:00:02 postfix/smtpd[7]: 4104E3D: reject: RCPT from x[203.0.113.7]: 550 5.1.1 <c@d>: unknown; from=<a@b> to=<c@d>",
                "10:00:03 " + QUEUED,
                "10:00:04 " + DISCONNECT);
        assertThat(described()).containsExactly("10:00:02 203.0.113.7 rejected 1", "10:00:03 203.0.113.7 admitted 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postfix/cleanup[8]: 4104E3D: milter-reject: END-OF-MESSAGE from x[203.0.113.7]: 5.7.1 Spam; from=<a@b> to=<c@d>",
                "postfix/cleanup[8]: 4104E3D: reject: header Subject: x from y[1.2.3.4] from x[203.0.113.7]; from=<a@b> to=<c@d>: 5.7.1 no",
                "postfix/cleanup[8]: 4104E3D: discard: body x from x[203.0.113.7]; from=<a@b> to=<c@d>: gone",
                "postfix/smtpd[7]: 4104E3D: milter-reject: DATA from x[203.0.113.7]: 550 5.7.1 Command rejected; from=<a@b> to=<c@d>",
                "postfix/smtpd[7]: 4104E3D: reject: END-OF-MESSAGE from x[203.0.113.7]: 552 5.3.4 too big; from=<a@b>",
            })
    void aRefusedMessageIsRejectedAndNeverAdmitted(String line) {
        read(
                "10:00:00 " + CONNECT,
                "10:00:01 " + CLIENT,
                "10:00:02 " + line,
                "10:00:03 " + QUEUED,
                "10:00:04 " + DISCONNECT);
        assertThat(described()).containsExactly("10:00:02 203.0.113.7 rejected 1");
    }

    @ParameterizedTest
    @CsvSource({
        "lost connection after CONNECT,        abandoned",
        "lost connection after AUTH,           abandoned",
        "timeout after EHLO,                   abandoned",
        "too many errors after AUTH,           rejected",
        "warning: hostname x does not resolve, unknown",
    })
    void aConnectionWithoutATransactionIsNoVolume(String line, String outcome) {
        read(
                "10:00:00 " + CONNECT,
                "10:00:01 postfix/smtpd[7]: " + line + " from x[203.0.113.7]",
                "10:00:02 " + DISCONNECT);

        assertThat(described()).containsExactly("10:00:02 203.0.113.7 connection " + outcome + " 0");
    }

    @Test
    void aConnectionRefusedBeforeMailIsNoAttempt() {
        read(
                "10:00:00 " + CONNECT,
                "10:00:01 postfix/smtpd[7]: NOQUEUE: reject: CONNECT from x[203.0.113.7]: 554 5.7.1 blocked; proto=SMTP",
                "10:00:02 " + DISCONNECT,
                "10:00:03 postfix/postscreen[5]: NOQUEUE: reject: CONNECT from [203.0.113.8]:1337: too many connections",
                "10:00:04 postfix/postscreen[5]: NOQUEUE: reject: RCPT from [203.0.113.9]:1338: 550 5.7.1 blocked; from=<a@b>, to=<c@d>");
        assertThat(described())
                .containsExactly(
                        "10:00:02 203.0.113.7 connection rejected 0",
                        "10:00:03 203.0.113.8 connection rejected 0",
                        "10:00:04 203.0.113.9 rejected 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RCPT", "DATA (12345 bytes)", "DATA", "BDAT"})
    void aTransactionIsAbandonedWhenItsConnectionIsLost(String stage) {
        read(
                "10:00:00 " + CONNECT,
                "10:00:01 " + CLIENT,
                "10:00:02 postfix/smtpd[7]: lost connection after " + stage + " from x[203.0.113.7]",
                "10:00:02 " + DISCONNECT);
        assertThat(described()).containsExactly("10:00:02 203.0.113.7 abandoned 1");
    }

    @Test
    void aMessageTakenBeforeTheConnectionWasLostIsAdmitted() {
        read(
                "10:00:00 " + CONNECT,
                "10:00:01 " + CLIENT,
                "10:00:02 postfix/smtpd[7]: lost connection after END-OF-MESSAGE from x[203.0.113.7]",
                "10:00:03 " + DISCONNECT,
                "10:00:04 " + QUEUED);
        assertThat(described()).containsExactly("10:00:04 203.0.113.7 admitted 3");

        events.clear();
        read(
                "10:00:00 " + CONNECT,
                "10:00:01 " + CLIENT,
                "10:00:02 postfix/smtpd[7]: NOQUEUE: reject: RCPT from x[203.0.113.7]: 550 5.1.1 the next one; from=<a@b>",
                "10:00:02 postfix/smtpd[7]: lost connection after RCPT from x[203.0.113.7]",
                "10:00:04 " + QUEUED);
        assertThat(described()).containsExactly("10:00:02 203.0.113.7 rejected 1", "10:00:04 203.0.113.7 admitted 3");
    }

    @Test
    void aMessageThatWentThroughAProxyFilterCountsOnce() {
        read(
                "10:00:00 " + CONNECT,
                "10:00:01 postfix/smtpd[7]: NOQUEUE: client=mx.example.net[203.0.113.7]",
                "10:00:02 postfix/smtpd[3]: connect from localhost[127.0.0.1]",
                "10:00:02 postfix/smtpd[3]: 4104E3D: client=localhost[127.0.0.1], orig_client=mx.example.net[203.0.113.7]",
                "10:00:02 " + QUEUED,
                "10:00:03 postfix/smtpd[7]: proxy-accept: END-OF-MESSAGE: 250 2.0.0 Ok; from=<a@b> to=<c@d>",
                "10:00:03 postfix/smtpd[7]: NOQUEUE: proxy-accept: END-OF-MESSAGE: 250 2.0.0 Ok; from=<a@b> to=<c@d>",
                "10:00:04 postfix/smtpd[7]: NOQUEUE: proxy-reject: END-OF-MESSAGE: 554 5.7.0 spam; from=<a@b> to=<c@d>",
                "10:00:05 " + DISCONNECT);
        assertThat(described()).containsExactly("10:00:03 203.0.113.7 admitted 1", "10:00:04 203.0.113.7 rejected 1");
    }

    @Test
    void theSitesOwnMailIsIgnoredByKind() {
        ReadReport report = read(
                "10:00:00 postfix/smtpd[3]: connect from localhost[127.0.0.1]",
                "10:00:00 postfix/smtpd[3]: 5104E3D: client=localhost[127.0.0.1]",
                "10:00:00 postfix/smtpd[3]: disconnect from localhost[127.0.0.1]",
                "10:00:01 postfix/smtpd[4]: connect from lan[192.168.1.5]",
                "10:00:02 postfix/pickup[5]: 6104E3D: uid=0 from=<root>",
                "10:00:03 " + CONNECT,
                "10:00:03 " + CLIENT + ", sasl_method=PLAIN, sasl_username=user",
                "10:00:04 " + QUEUED,
                "10:00:05 " + DISCONNECT,
                "10:00:06 postfix/submission/smtpd[6]: connect from x[203.0.113.7]",
                "10:00:07 postfix/smtps/smtpd[6]: connect from x[203.0.113.7]",
                "10:00:08 postfix/smtpd[8]: connect from unknown[unknown]",
                "10:00:09 dovecot: imap-login: Login: user=<x>",
                "10:00:09 last message repeated 3 times");

        assertThat(events).isEmpty();
        assertThat(report.malformed()).isZero();
        assertThat(report.ignored())
                .containsOnly(
                        entry("smtpd/local client", 3L),
                        entry("smtpd/disconnect", 1L),
                        entry("pickup/uid", 1L),
                        entry("smtpd/authenticated client", 2L),
                        entry("qmgr/queued before, or not from a client", 1L),
                        entry("submission/smtpd", 2L),
                        entry("smtpd/client without address", 1L),
                        entry("dovecot", 1L),
                        entry("syslog", 1L));
    }

    @Test
    void whatSyslogSumsUpIsRefusedSoManyTimes() {
        String reject = "postfix/smtpd[7]: NOQUEUE: reject: RCPT from x[203.0.113.7]: 550 no; from=<> to=<b@c>";
        read(
                "10:00:00 " + reject,
                "10:00:05 last message repeated 3 times",
                "10:00:06 " + reject.replace("[7]: ", "[7]: message repeated 2 times: [ ") + "]",
                "10:00:07 " + CONNECT,
                "10:00:08 last message repeated 2 times",
                "10:00:09 postfix/smtpd[7]: message repeated 2 times: [ " + DISCONNECT.substring(18) + "]");
        assertThat(described())
                .containsExactly(
                        "10:00:00 203.0.113.7 rejected 1",
                        "10:00:05 203.0.113.7 rejected 3",
                        "10:00:06 203.0.113.7 rejected 2",
                        "10:00:09 203.0.113.7 connection unknown 0");
        assertThat(events.get(1).nullSender()).isTrue();
    }

    @Test
    void aServerThatIsRenamedKeepsWhatIsOpen() {
        readLines(
                "Oct 22 10:00:00 mx1 " + CONNECT,
                "Oct 22 10:00:01 mx1 " + CLIENT,
                "Oct 22 10:00:02 mx1.example.org " + QUEUED,
                "Oct 22 10:00:03 mx1.example.org " + DISCONNECT,
                "Oct 22 10:00:04 mx1.example.org " + CONNECT,
                "Oct 22 10:00:05 mx1.example.org " + DISCONNECT);
        assertThat(described())
                .containsExactly("10:00:02 203.0.113.7 admitted 3", "10:00:05 203.0.113.7 connection unknown 0");
        assertThat(events.get(0).edge()).isEqualTo("mx1.example.org");
    }

    /** Two servers with one log, of which the first is heard again. */
    @Test
    void aSecondServerIsNotTheFirstUnderAnotherName() {
        readLines(
                "Oct 22 10:00:00 mx1 " + CONNECT,
                "Oct 22 10:00:01 mx2 postfix/qmgr[9]: 5104E3D: removed",
                "Oct 22 10:00:02 mx1 postfix/qmgr[9]: 5104E3D: removed",
                "Oct 22 10:00:03 mx2 " + DISCONNECT,
                "Oct 22 10:00:04 mx1 " + DISCONNECT);
        assertThat(described()).containsExactly("10:00:04 203.0.113.7 connection unknown 0");
        assertThat(events.get(0).edge()).isEqualTo("mx1");
    }

    @Test
    void newerVersionsPutAQueueIdBeforeALostConnection() {
        read(
                "10:00:00 " + CONNECT,
                "10:00:01 " + CLIENT,
                "10:00:02 postfix/smtpd[7]: 4104E3D: lost connection after DATA from mx.example.net[203.0.113.7]",
                "10:00:03 " + CONNECT,
                "10:00:04 postfix/smtpd[7]: NOQUEUE: lost connection after CONNECT from mx.example.net[203.0.113.7]",
                "10:00:05 " + DISCONNECT);
        assertThat(described())
                .containsExactly("10:00:02 203.0.113.7 abandoned 1", "10:00:05 203.0.113.7 connection abandoned 0");
    }

    @Test
    void whatIsThrownAwayOnArrivalIsRejected() {
        read(
                "10:00:00 postfix/smtpd[7]: NOQUEUE: discard: RCPT from x[203.0.113.7]: <b@c>: Recipient address DISCARD action; from=<a@b> to=<b@c>");
        assertThat(described()).containsExactly("10:00:00 203.0.113.7 rejected 1");
    }
}
