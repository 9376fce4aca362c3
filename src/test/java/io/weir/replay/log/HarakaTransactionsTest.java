package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.model.ConnectionEvent;
import org.junit.jupiter.api.Test;

class HarakaTransactionsTest {
    private static final String CONNECT = "connect ip=203.0.113.7 port=40000 local_ip=192.0.2.1 local_port=25";
    private static final String SENDER = ".1 sender <a@example.net> code=CONT msg=\"\"";
    private static final String RECIPIENT = ".1 recipient <b@example.com> code=OK msg=\"\" sender=a@example.net";
    private static final String MESSAGE = ".1 message mid=\"<1@x>\" size=623 rcpts=2/0/1 delay=0.1 code=CONT msg=\"\"";
    private static final String QUEUED = ".1 queue code=OK msg=\"Message Queued (F9F0.1)\"";
    private static final String DISCONNECT =
            ".1 disconnect ip=203.0.113.7 rdns=mx helo=helo relay=N early=N esmtp=Y tls=Y pipe=N errors=0 txns=1"
                    + " rcpts=2/0/1 msgs=1/0/0 bytes=623 lr=\"\" time=0.3";

    /** Each line is a time and a text, or {@code .1} and a text within the first transaction. */
    private static Read read(String... lines) {
        String[] whole = new String[lines.length];
        for (int i = 0; i < lines.length; i++) {
            int text = lines[i].indexOf(' ') + 1;
            boolean transaction = lines[i].startsWith(".1 ", text);
            whole[i] = "2026-11-25T" + lines[i].substring(0, text - 1) + ".000Z [NOTICE] [F9F0D20D"
                    + (transaction
                            ? ".1] [core] " + lines[i].substring(text + 3)
                            : "] [core] " + lines[i].substring(text));
        }
        return Read.lines(LogFormat.HARAKA, whole);
    }

    @Test
    void aQueuedMessageIsAdmittedWithTheRecipientsItHad() {
        Read read = read(
                "10:00:00 " + CONNECT,
                "10:00:01 " + SENDER,
                "10:00:02 " + RECIPIENT,
                "10:00:02 " + RECIPIENT,
                "10:00:03 " + RECIPIENT.replace("code=OK msg=\"\"", "code=DENY msg=\"no such user\""),
                "10:00:04 " + MESSAGE,
                "10:00:05 " + QUEUED,
                "10:00:06 " + DISCONNECT);
        assertThat(read.described())
                .containsExactly("10:00:03 203.0.113.7 rejected 1", "10:00:05 203.0.113.7 admitted 2");
        ConnectionEvent admitted = read.events().get(1);
        assertThat(admitted.bytes()).isEqualTo(623);
        assertThat(admitted.messages()).isEqualTo(1);
        assertThat(admitted.edge()).isEqualTo("here");
        assertThat(read.report().openAtEnd()).isZero();
    }

    @Test
    void aMessageMayBeRefusedWholeOrNotTaken() {
        String[] begun = {"10:00:00 " + CONNECT, "10:00:01 " + SENDER, "10:00:02 " + RECIPIENT};
        assertThat(read(begun[0], begun[1], begun[2], "10:00:03 " + MESSAGE.replace("code=CONT", "code=DENYSOFT"))
                        .described())
                .containsExactly("10:00:03 203.0.113.7 rejected 2");
        assertThat(read(
                                begun[0],
                                begun[1],
                                begun[2],
                                "10:00:03 " + MESSAGE,
                                "10:00:04 .1 queue code=DENY msg=\"no (F9F0.1)\"")
                        .described())
                .containsExactly("10:00:04 203.0.113.7 rejected 2");
        assertThat(read(
                                begun[0],
                                begun[1],
                                begun[2],
                                "10:00:03 " + MESSAGE,
                                "10:00:04 .1 queue code=CONT msg=\" (F9F0.1)\"")
                        .described())
                .containsExactly("10:00:04 203.0.113.7 rejected 2");
        // Haraka 2 until 2013.
        assertThat(read(
                                begun[0],
                                begun[1],
                                begun[2],
                                "10:00:03 " + MESSAGE,
                                "10:00:04 .1 queue code=CONT msg=\"Message Queued (F9F0.1)\"")
                        .described())
                .containsExactly("10:00:04 203.0.113.7 admitted 2");
    }

    @Test
    void whatWeirDeferredIsTold() {
        assertThat(read(
                                "10:00:00 " + CONNECT,
                                "10:00:01 " + SENDER.replace("<a@example.net>", "<>"),
                                "10:00:02 "
                                        + RECIPIENT.replace(
                                                "code=OK msg=\"\"",
                                                "code=DENYSOFT msg=\"451 4.7.500 [203.0.113.7] temporarily rate limited: x\""))
                        .described())
                .containsExactly("10:00:02 203.0.113.7 deferred 1 null");
    }

    /** What a client says is between the brackets. */
    @Test
    void anAddressIsNotTakenForTheCode() {
        assertThat(read(
                                "10:00:00 " + CONNECT,
                                "10:00:01 .1 sender <\" code=DENY \"@x> code=CONT msg=\"\"",
                                "10:00:02 .1 recipient <\" code=DENY \"@x> code=OK msg=\"\"",
                                "10:00:03 " + DISCONNECT.replace("2/0/1", "1/0/0"))
                        .described())
                .containsExactly("10:00:03 203.0.113.7 abandoned 1");
    }

    @Test
    void connectionsWithoutAMessage() {
        String bare = DISCONNECT.replace("2/0/1", "0/0/0");
        assertThat(read("10:00:00 " + CONNECT, "10:00:06 " + bare).described())
                .containsExactly("10:00:06 203.0.113.7 connection unknown");
        assertThat(read("10:00:00 " + CONNECT, "10:00:06 " + bare.replace("lr=\"\"", "lr=\"554 go away\""))
                        .described())
                .containsExactly("10:00:06 203.0.113.7 connection rejected");
        assertThat(read("10:00:00 " + CONNECT, "10:00:01 .1 sender <a@b> code=DENY msg=\"\"", "10:00:06 " + bare)
                        .described())
                .containsExactly("10:00:01 203.0.113.7 rejected 1");
        // Recipients that no plugin knew have no line of their own, or one that says OK.
        assertThat(read("10:00:00 " + CONNECT, "10:00:06 " + DISCONNECT.replace("2/0/1", "0/1/2"))
                        .described())
                .containsExactly("10:00:06 203.0.113.7 rejected 3");
    }

    @Test
    void aSessionOfWhichOnlyTheEndIsKnownIsToldByThat() {
        Read read = read("10:00:00 " + CONNECT.replace("203.0.113.7", "10.0.0.1"), "10:00:06 " + DISCONNECT);
        assertThat(read.described())
                .containsExactly("10:00:06 203.0.113.7 admitted 2", "10:00:06 203.0.113.7 rejected 1");
        assertThat(read.events().get(0).bytes()).isEqualTo(623);
        assertThat(read("10:00:06 " + DISCONNECT.replace("relay=N", "relay=Y")).events())
                .isEmpty();
    }

    @Test
    void behindAProxyTheClientIsWhomItNames() {
        assertThat(read(
                                "10:00:00 " + CONNECT.replace("203.0.113.7", "10.0.0.1"),
                                "10:00:00 HAProxy proto=TCP4 src_ip=203.0.113.9:40000 dst_ip=192.0.2.1:25",
                                "10:00:01 " + SENDER,
                                "10:00:02 " + RECIPIENT,
                                "10:00:04 " + MESSAGE,
                                "10:00:05 " + QUEUED)
                        .described())
                .containsExactly("10:00:05 203.0.113.9 admitted 2");
    }

    @Test
    void theSitesOwnUsersAreIgnored() {
        Read read = read(
                "10:00:00 " + CONNECT.replace("local_port=25", "local_port=587"),
                "10:00:01 " + SENDER,
                "10:00:04 " + MESSAGE,
                "10:00:05 " + QUEUED,
                "10:00:06 " + DISCONNECT);
        assertThat(read.events()).isEmpty();
        assertThat(read.report().ignored())
                .containsOnly(
                        entry("haraka/submission", 2L),
                        entry("haraka/sender", 1L),
                        entry("haraka/message", 1L),
                        entry("haraka/queue", 1L));
    }

    @Test
    void linesThroughSyslogAndOfPlugins() {
        Read read = Read.lines(
                LogFormat.HARAKA,
                "Nov 25 10:00:00 mx1 haraka[7]: [NOTICE] [F9F0D20D] [core] " + CONNECT,
                "Nov 25 10:00:00 mx1 haraka[7]: [INFO] [F9F0D20D] [rdns] ip=203.0.113.7",
                "Nov 25 10:00:00 mx1 dovecot: x",
                "Nov 25 10:00:01 mx1 haraka[7]: [NOTICE] [F9F0D20D] [core] "
                        + DISCONNECT.substring(3).replace("2/0/1", "0/0/0"));
        assertThat(read.described()).containsExactly("10:00:01 203.0.113.7 connection unknown");
        assertThat(read.events().get(0).edge()).isEqualTo("mx1");
        assertThat(read.report().ignored()).containsOnly(entry("haraka/rdns", 1L), entry("haraka/dovecot", 1L));
    }

    @Test
    void brokenLinesAreCounted() {
        Read read = Read.lines(
                LogFormat.HARAKA,
                "[NOTICE] [F9F0D20D] [core] " + CONNECT,
                "2026-11-25T10:00:00.000Z [NOTICE] F9F0D20D core",
                "2026-11-25T10:00:00.000Z [NOTICE] [F9F0D20D] [core] " + CONNECT.replace("203.0.113.7", "IP"),
                "2026-11-25T10:00:00.000Z [NOTICE] [F9F0D20D] [core] " + CONNECT,
                "2026-11-25T10:00:00.000Z [NOTICE] [F9F0D20D] [core] "
                        + MESSAGE.substring(3).replace("2/0/1", "two"),
                "2026-11-25T10:00:00.000Z [NOTICE] [F9F0D20D] [core] "
                        + DISCONNECT.substring(3).replace("2/0/1", "2"));
        assertThat(read.events()).isEmpty();
        assertThat(read.report().malformed()).isEqualTo(5);
        assertThat(read.why()).isEqualTo("no time stamp: Haraka's timestamps setting is off");
    }
}
