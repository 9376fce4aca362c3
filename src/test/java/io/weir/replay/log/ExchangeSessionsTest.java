package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.model.ConnectionEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeSessionsTest {
    private static final String CLIENT = "203.0.113.7:56026";

    /** Each line is an event and what was said, such as {@code < RCPT TO:<..>}; a second passes before each. */
    private static Read read(String remote, String... said) {
        List<String> lines = new ArrayList<>(
                List.of(
                        "#Software: Microsoft Exchange Server",
                        "#Version: 15.0.0.0",
                        "#Log-type: SMTP Receive Protocol Log",
                        "#Date: 2026-11-25T10:00:00.000Z",
                        "#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context"));
        for (int i = 0; i < said.length; i++) {
            String data = said[i].length() > 2 ? said[i].substring(2) : "";
            lines.add("2026-11-25T10:00:%02d.000Z,EX1\\Default Frontend EX1,08DA4F7C11473A60,%d,192.0.2.1:25,%s,%s,%s,"
                    .formatted(i, i, remote, said[i].charAt(0), data.contains(",") ? "\"" + data + "\"" : data));
        }
        return Read.lines(LogFormat.EXCHANGE, lines.toArray(String[]::new));
    }

    @Test
    void aMessageIsAdmittedWithTheRecipientsThatWereTaken() {
        Read read = read(
                CLIENT,
                "+",
                "> 220 ex1 Microsoft ESMTP MAIL Service ready at Wed, 25 Nov 2026 10:00:00 +0000",
                "< EHLO mx.example.net",
                "> 250-ex1 Hello [203.0.113.7]",
                "> 250 CHUNKING",
                "< MAIL FROM:<a@example.net> SIZE=1520",
                "> 250 2.1.0 Sender OK",
                "< RCPT TO:<b@example.com>",
                "> 250 2.1.5 Recipient OK",
                "< RCPT TO:<c@example.com>",
                "> 250 2.1.5 Recipient OK",
                "< RCPT TO:<d@example.com>",
                "> 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
                "< DATA",
                "> 354 Start mail input; end with <CRLF>.<CRLF>",
                "> 250 2.6.0 <1@example.net> [InternalId=1, Hostname=ex1] 1520 bytes in 0.110, 13.4 KB/sec Queued mail for delivery",
                "< QUIT",
                "> 221 2.0.0 Service closing transmission channel",
                "-");
        assertThat(read.described())
                .containsExactly("10:00:12 203.0.113.7 rejected 1", "10:00:15 203.0.113.7 admitted 2");
        ConnectionEvent admitted = read.events().get(1);
        assertThat(admitted.bytes()).isEqualTo(1520);
        assertThat(admitted.messages()).isEqualTo(1);
        assertThat(admitted.edge()).isEqualTo("EX1");
        assertThat(read.report().ignored()).containsOnly(entry("exchange/comment", 5L));
        assertThat(read.report().openAtEnd()).isZero();
    }

    @Test
    void commandsMayComeBeforeTheReplies() {
        assertThat(read(
                                CLIENT,
                                "+",
                                "< mail from: <>",
                                "< rcpt to:<b@example.com>",
                                "< rcpt to:<c@example.com>",
                                "< BDAT 86 LAST",
                                "> 250 2.1.0 Sender OK",
                                "> 550 5.7.1 Unable to relay",
                                "> 250 2.1.5 Recipient OK",
                                "> 250 2.6.0 Queued mail for delivery")
                        .described())
                .containsExactly("10:00:06 203.0.113.7 rejected 1 null", "10:00:08 203.0.113.7 admitted 1 null");
    }

    @Test
    void aMessageMayBeRefusedWholeDeferredOrAbandoned() {
        String[] begun = {"+", "< MAIL FROM:<a@b>", "> 250 OK", "< RCPT TO:<b@example.com>", "> 250 OK"};
        assertThat(with(begun, "< DATA", "> 354 go", "> 550 5.7.1 no").described())
                .containsExactly("10:00:07 203.0.113.7 rejected 1");
        assertThat(with(begun, "< DATA", "> 503 5.5.1 no").described())
                .containsExactly("10:00:06 203.0.113.7 rejected 1");
        assertThat(with(begun, "< BDAT 10", "> 250 OK", "< BDAT 10", "> 552 5.3.4 too much")
                        .described())
                .containsExactly("10:00:08 203.0.113.7 rejected 1");
        assertThat(with(begun, "< RSET", "> 250 OK", "-").described())
                .containsExactly("10:00:06 203.0.113.7 abandoned 1");
        assertThat(with(begun, "< DATA", "> 354 go", "-").described())
                .containsExactly("10:00:07 203.0.113.7 abandoned 1");
        assertThat(with(begun, "< MAIL FROM:<>", "> 250 OK", "-").described())
                .containsExactly("10:00:06 203.0.113.7 abandoned 1");
        assertThat(read(
                                CLIENT,
                                "< MAIL FROM:<a@b>",
                                "> 250 OK",
                                "< RCPT TO:<b@example.com>",
                                "> 451 4.7.500 [203.0.113.7] temporarily rate limited: x")
                        .described())
                .containsExactly("10:00:03 203.0.113.7 deferred 1");
        assertThat(read(CLIENT, "< MAIL FROM:<a@b>", "> 550 no").described())
                .containsExactly("10:00:01 203.0.113.7 rejected 1");
    }

    private static Read with(String[] begun, String... more) {
        List<String> said = new ArrayList<>(List.of(begun));
        said.addAll(List.of(more));
        return read(CLIENT, said.toArray(String[]::new));
    }

    @Test
    void connectionsWithoutAMessage() {
        assertThat(read(CLIENT, "+", "> 220 x", "< QUIT", "> 221 x", "-").described())
                .containsExactly("10:00:04 203.0.113.7 connection unknown");
        assertThat(read("[2001:db8::7]:25", "+", "< EHLO x", "> 501 no", "-").described())
                .containsExactly("10:00:03 2001:db8::7 connection rejected");
    }

    @Test
    void theSitesOwnMailIsIgnored() {
        Read local = read("10.1.2.3:25", "+", "< QUIT", "> 221 x", "-");
        assertThat(local.events()).isEmpty();
        assertThat(local.report().ignored()).contains(entry("exchange/local client", 4L));
        Read link = read("[fe80::1%3]:25", "+", "-");
        assertThat(link.report().ignored()).contains(entry("exchange/local client", 2L));
        Read user = read(
                CLIENT,
                "< AUTH LOGIN",
                "> 334 <authentication response>",
                "< MAIL FROM:<x>",
                "> 235 2.7.0 Authentication successful",
                "< MAIL FROM:<a@b>",
                "> 250 OK",
                "< RCPT TO:<b@example.com>",
                "> 250 OK",
                "< DATA",
                "> 354 go",
                "> 250 OK",
                "-");
        assertThat(user.events()).isEmpty();
    }

    @Test
    void sessionsAreKeptApart() {
        String line = "2026-11-25T10:00:0%d.000Z,EX1\\Default,%s,1,192.0.2.1:25,203.0.113.%d:4,%s,%s,";
        assertThat(Read.lines(
                                LogFormat.EXCHANGE,
                                line.formatted(0, "A", 1, "<", "MAIL FROM:<>"),
                                line.formatted(1, "B", 2, "<", "MAIL FROM:<x>"),
                                line.formatted(2, "A", 1, ">", "250 OK"),
                                line.formatted(3, "B", 2, ">", "550 no"))
                        .described())
                .containsExactly("10:00:03 203.0.113.2 rejected 1");
    }

    @Test
    void brokenLinesAreCounted() {
        Read read = Read.lines(
                LogFormat.EXCHANGE,
                "",
                "2026-11-25T10:00:00.000Z",
                "2026-11-25T10:00:00.000Z,EX1\\Default,A,1,192.0.2.1:25,203.0.113.1:4,?,x,",
                "2026-11-25T10:00:00.000Z,EX1\\Default,A,1,192.0.2.1:25,nobody:4,+,,",
                "yesterday,EX1\\Default,A,1,192.0.2.1:25,203.0.113.1:4,+,,",
                "2026-11-25T10:00:00.000Z,\"EX1\\Default,A,1,192.0.2.1:25,203.0.113.1:4,+,,");
        assertThat(read.events()).isEmpty();
        assertThat(read.report().malformed()).isEqualTo(6);
    }
}
