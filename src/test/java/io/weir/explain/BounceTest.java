package io.weir.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.explain.Bounce.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BounceTest {
    private static final String CASE = "K7Q2MKX4A2PD37WZ";
    private static final String OURS =
            "451 4.7.500 [203.0.113.7] temporarily rate limited: volume above its usual. Keep queued and"
                    + " retry. https://postmaster.corp.example/help/" + CASE + " (AS510)";

    @Test
    void readsABareLine() {
        Bounce bounce = Bounce.parse(OURS);
        assertThat(bounce.replyCode()).isEqualTo(451);
        assertThat(bounce.status()).isEqualTo("4.7.500");
        assertThat(bounce.token()).isEqualTo("AS510");
        assertThat(bounce.clientAddress()).isEqualTo("203.0.113.7");
        assertThat(bounce.caseId()).isEqualTo(CASE);
        assertThat(bounce.helpUrl()).isEqualTo("https://postmaster.corp.example/help");
        assertThat(bounce.host()).isNull();
        assertThat(bounce.isThrottle()).isTrue();
        assertThat(bounce.text()).isEqualTo(OURS);
        assertThat(bounce.where()).isEqualTo(Where.TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "451-4.7.500 [203.0.113.7] temporarily rate limited:\r\n451 4.7.500 volume above its usual. (AS510)",
                "451 4.7.500 [203.0.113.7] temporarily rate\n   limited: volume above\n\tits usual. (AS510)",
                "> 451 4.7.500 [203.0.113.7] temporarily rate limited: volume above =\r\nits usual. (AS510)",
                "  451  4.7.500\u00a0[203.0.113.7] rate limited (AS510)  ",
                "AS510: 451 4.7.500 Server busy, from [203.0.113.7]",
                "451 4.7.500 [::ffff:203.0.113.7] rate limited AS(510)"
            })
    void readsItHoweverItIsWrapped(String text) {
        Bounce bounce = Bounce.parse(text);
        assertThat(bounce.replyCode()).isEqualTo(451);
        assertThat(bounce.status()).isEqualTo("4.7.500");
        assertThat(bounce.token()).isEqualTo("AS510");
        assertThat(bounce.clientAddress()).isEqualTo("203.0.113.7");
    }

    @Test
    void readsADeliveryStatusAndNotTheMessageInIt() throws IOException {
        Bounce bounce = Bounce.parse(sample("report.eml"));
        assertThat(bounce.where()).isEqualTo(Where.STATUS_PART);
        assertThat(bounce.replyCode()).isEqualTo(451);
        assertThat(bounce.status()).isEqualTo("4.7.501");
        assertThat(bounce.token()).isEqualTo("AS511");
        assertThat(bounce.caseId()).isEqualTo(CASE);
        assertThat(bounce.clientAddress()).isEqualTo("203.0.113.7");
        assertThat(bounce.host()).isEqualTo("mx1.corp.example");
        assertThat(bounce.reporter()).isEqualTo("relay.sender.example");
        assertThat(bounce.recipientDomain()).isEqualTo("corp.example");
    }

    @Test
    void readsABounceThatSomebodyForwards() throws IOException {
        Bounce bounce = Bounce.parse(sample("forwarded.eml"));
        assertThat(bounce.replyCode()).isEqualTo(451);
        assertThat(bounce.status()).isEqualTo("4.7.500");
        assertThat(bounce.token()).isEqualTo("AS843");
        assertThat(bounce.host()).isEqualTo("corp-example.mail.protection.outlook.com");
    }

    @Test
    void prefersTheThrottleThatTheGivingUpQuotes() throws IOException {
        Bounce bounce = Bounce.parse(sample("exchange.txt"));
        assertThat(bounce.status()).isEqualTo("4.7.500");
        assertThat(bounce.caseId()).isEqualTo(CASE);
        assertThat(bounce.host()).isEqualTo("mx1.corp.example");
        assertThat(bounce.reporter()).isEqualTo("mail01.sender.example");
    }

    @Test
    void readsALineOfAPostfixLog() {
        Bounce bounce = Bounce.parse("Nov 24 09:12:44 relay postfix/smtp[812]: 4XyZ1A0c: to=<bo@corp.example>,"
                + " relay=mx1.corp.example[192.0.2.25]:25, delay=2.4, delays=0.1/0/1.9/0.4, dsn=4.7.500, status=deferred"
                + " (host mx1.corp.example[192.0.2.25] said: " + OURS + " (in reply to RCPT TO command))");
        assertThat(bounce.where()).isEqualTo(Where.LOG);
        assertThat(bounce.host()).isEqualTo("mx1.corp.example");
        assertThat(bounce.recipientDomain()).isEqualTo("corp.example");
        assertThat(bounce.clientAddress()).isEqualTo("203.0.113.7");
        assertThat(bounce.caseId()).isEqualTo(CASE);
    }

    @Test
    void readsALineOfAnEximLog() {
        Bounce bounce =
                Bounce.parse("2026-11-24 09:12:44 1tF0aB-0001cd-2e == bo@corp.example R=dnslookup T=remote_smtp defer"
                        + " (-44) H=mx1.corp.example [192.0.2.25]: SMTP error from remote mail server after RCPT TO:<bo@corp.example>: "
                        + OURS);
        assertThat(bounce.where()).isEqualTo(Where.LOG);
        assertThat(bounce.replyCode()).isEqualTo(451);
        assertThat(bounce.host()).isEqualTo("mx1.corp.example");
        assertThat(bounce.clientAddress()).isEqualTo("203.0.113.7");
    }

    @Test
    void readsAQueueListing() {
        Bounce bounce = Bounce.parse(
                "{\"queue_name\": \"deferred\", \"queue_id\": \"AA\", \"sender\": \"a@b.example\", \"recipients\":"
                        + " [{\"address\": \"no@other.example\", \"delay_reason\": \"connect to other.example[192.0.2.9]:25: Connection"
                        + " timed out\"}]}\n"
                        + "{\"queue_name\": \"deferred\", \"queue_id\": \"BB\", \"sender\": \"a@b.example\", \"recipients\": [{\"address\":"
                        + " \"bo@corp.example\", \"delay_reason\": \"host mx1.corp.example[192.0.2.25] said: 451 4.7.500 \\\"x\\\""
                        + " [203.0.113.7] limited (AS510)\"}]}\n");
        assertThat(bounce.where()).isEqualTo(Where.QUEUE);
        assertThat(bounce.status()).isEqualTo("4.7.500");
        assertThat(bounce.host()).isEqualTo("mx1.corp.example");
        assertThat(bounce.recipientDomain()).isEqualTo("corp.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {CASE, "  k7q2mkx4a2pd37wz\n"})
    void takesTheCaseAlone(String typed) {
        Bounce bounce = Bounce.parse(typed);
        assertThat(bounce.caseId()).isEqualTo(CASE);
        assertThat(bounce.replyCode()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   \n\t ",
                "Dear all, lunch is at 12:30, room 451-B. The file has 550 bytes and took 450 minutes.",
                "see https://example.org/550/x and version 5.4.3.2 of the program"
            })
    void findsNothingWhereNothingIs(String text) {
        Bounce bounce = Bounce.parse(text);
        assertThat(bounce.replyCode()).isNull();
        assertThat(bounce.status()).isNull();
        assertThat(bounce.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OURS
                        + "\nDelivery attempts will continue for some time. Eventually the mail delivery software will give up.",
                OURS,
                "Reporting-MTA: dns; r.example\n\nFinal-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.7.500\n"
                        + "Diagnostic-Code: smtp; 451 4.7.500 limited, will be giving up in 5 days\n"
            })
    void aDelayIsNotTheEnd(String text) {
        assertThat(Bounce.parse(text).gaveUp()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "554 4.4.7 Message expired: <" + OURS + ">",
                OURS + "\nI'm giving up; this message has been in the queue too long.",
                "Reporting-MTA: dns; r.example\n\nFinal-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 4.7.500\n"
                        + "Diagnostic-Code: smtp; 451 4.7.500 limited\n"
            })
    void theEndIsSeen(String text) {
        assertThat(Bounce.parse(text).gaveUp()).isTrue();
    }

    @Test
    void aMicrosoftTagIsNoCase() {
        Bounce bounce = Bounce.parse(
                "451 4.7.650 The mail server [203.0.113.7] has been temporarily rate limited due to IP reputation."
                        + " (S775) [Name=Protocol Filter Agent][AGT=PFA][MxId=AABCD234D277A7CD]"
                        + " [AB1PEPF000001A7.eurprd05.prod.outlook.com 2026-02-25T11:12:39.245Z 22DE6C32E3A6EF5D]");
        assertThat(bounce.caseId()).isNull();
        assertThat(bounce.token()).isEqualTo("S775");
        assertThat(bounce.host()).isEqualTo("ab1pepf000001a7.eurprd05.prod.outlook.com");
    }

    @Test
    void readsNoMoreThanItsBound() {
        String far = "x".repeat(Bounce.MOST_BYTES) + " 451 4.7.500 limited";
        assertThat(Bounce.parse(far).isEmpty()).isTrue();
        assertThat(Bounce.parse("451 4.7.500 " + "y".repeat(10_000)).text()).hasSize(Bounce.MOST_TEXT);
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = BounceTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.UTF_8);
        }
    }
}
