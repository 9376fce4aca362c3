package io.weir.mta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.Needs;
import io.weir.model.ConnectionEvent;
import io.weir.replay.History;
import io.weir.replay.HistoryReport;
import io.weir.replay.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same sessions with real mail servers; then their logs must tell what the clients have seen. */
@Timeout(180)
class LogsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FROM = "someone@sender.example.net";
    private static final String TO = "user@example.com";
    private static final String TWO = "two@example.com";

    private final List<AutoCloseable> stops = new ArrayList<>();

    /** Opens a session in the name of an address. */
    private interface Opener {
        SmtpSession open(String address) throws IOException;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable stop : stops) {
            stop.close();
        }
    }

    @Test
    @Needs(Exim.PROGRAM)
    void eximsMainLogWithTheRecipientsOfItsDeliveries() throws Exception {
        Exim exim = Exim.start(policy());
        stops.add(0, exim::stop);
        talk(exim::session);
        exim.deliver();
        // A second recipient is told by its delivery, and Exim has no line about who came and went but these.
        requireEvents(
                exim.log(),
                "203.0.113.1 admitted 1",
                "203.0.113.1 admitted 1",
                "203.0.113.2 admitted 1",
                "203.0.113.2 admitted 1 null",
                "203.0.113.2 admitted 1 null",
                "203.0.113.3 rejected 1",
                "203.0.113.5 abandoned 1");
    }

    @Test
    @Needs(Exim.PROGRAM)
    void eximsMainLogWithRecipientsAndBareConnections() throws Exception {
        Exim exim = Exim.start(
                policy(),
                "queue_only = true\nlog_selector = +received_recipients +smtp_no_mail +pid +incoming_port +millisec +subject");
        stops.add(0, exim::stop);
        talk(exim::session);
        requireEvents(
                exim.log(),
                "203.0.113.1 admitted 2",
                "203.0.113.2 admitted 1",
                "203.0.113.2 admitted 2 null",
                "203.0.113.3 rejected 1",
                "203.0.113.4 connection unknown",
                "203.0.113.5 abandoned 1");
    }

    @Test
    @Needs(Haraka.PROGRAM)
    void harakasLog() throws Exception {
        Haraka haraka = Haraka.start(policy());
        stops.add(0, haraka::stop);
        talk(haraka::session);
        requireEvents(
                haraka.log(),
                "203.0.113.1 admitted 2",
                "203.0.113.2 admitted 1",
                "203.0.113.2 admitted 2 null",
                "203.0.113.3 rejected 1",
                "203.0.113.4 connection unknown",
                "203.0.113.5 abandoned 1");
    }

    @Test
    @Needs(Postfix.PROGRAM)
    void postfixsLog() throws Exception {
        Postfix postfix = Postfix.start(policy());
        stops.add(0, postfix::stop);
        talk(address -> new SmtpSession(postfix.port(), address));
        requireEvents(
                postfix.log(),
                "203.0.113.1 admitted 2",
                "203.0.113.2 admitted 1",
                "203.0.113.2 admitted 2 null",
                "203.0.113.3 rejected 1",
                "203.0.113.5 abandoned 1");
    }

    @Test
    @Needs(Sendmail.PROGRAM)
    void sendmailsLog() throws Exception {
        Path directory = Sendmail.newDirectory();
        Sendmail sendmail = Sendmail.start(directory, directory.resolve("nobody-listens"));
        stops.add(sendmail::stop);
        talk(sendmail::session);
        requireEvents(
                sendmail.log(),
                "203.0.113.1 admitted 2",
                "203.0.113.2 admitted 1",
                "203.0.113.2 admitted 2 null",
                "203.0.113.3 rejected 1",
                "203.0.113.4 connection unknown",
                "203.0.113.5 abandoned 1");
    }

    private int policy() throws IOException {
        PermissivePolicy policy = new PermissivePolicy();
        stops.add(policy);
        return policy.port();
    }

    /** One after the other, each client with its own story. */
    private static void talk(Opener server) throws IOException {
        try (SmtpSession session = server.open("203.0.113.1")) {
            assertThat(session.send(FROM, TO, TWO)).startsWith("250");
            session.say("QUIT");
        }
        try (SmtpSession session = server.open("203.0.113.2")) {
            assertThat(session.send(FROM, TO)).startsWith("250");
            assertThat(session.send("", TO, TWO)).startsWith("250");
            session.say("QUIT");
        }
        try (SmtpSession session = server.open("203.0.113.3")) {
            assertThat(session.say("MAIL FROM:<" + FROM + ">")).startsWith("250");
            assertThat(session.say("RCPT TO:<someone@elsewhere.example>")).startsWith("55");
            session.say("QUIT");
        }
        try (SmtpSession session = server.open("203.0.113.4")) {
            session.say("QUIT");
        }
        try (SmtpSession session = server.open("203.0.113.5")) {
            session.say("MAIL FROM:<" + FROM + ">");
            session.say("RCPT TO:<" + TO + ">");
            assertThat(session.say("DATA")).startsWith("354");
        }
    }

    private static void requireEvents(Path log, String... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            List<ConnectionEvent> events = new ArrayList<>();
            HistoryReport report;
            try (History history = History.open(Sources.of(log), History.Options.at(Instant.now()))) {
                report = history.forEach(events::add);
                // Whose greeting tells that the server is there.
                events.removeIf(event -> event.clientAddress().equals("203.0.113.254"));
            }
            assertThat(events.stream().map(LogsIT::described))
                    .as("%s%s", report.text(), Files.readString(log))
                    .containsExactlyInAnyOrder(expected);
            assertThat(events).extracting(ConnectionEvent::occurredAtMs).isSorted();
        });
    }

    private static String described(ConnectionEvent event) {
        return event.clientAddress()
                + (event.transaction() ? " " : " connection ")
                + event.outcome().label()
                + (event.transaction() ? " " + event.recipients() : "")
                + (event.nullSender() ? " null" : "");
    }
}
