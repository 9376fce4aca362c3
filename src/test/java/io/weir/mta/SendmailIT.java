package io.weir.mta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.Needs;
import io.weir.edge.EdgeState;
import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real sendmail with the lines of {@code deploy/mta/sendmail}, an edge, and Kafka. Each test has addresses of its own. */
@Needs(Sendmail.PROGRAM)
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SendmailIT {
    private static final String FROM = "someone@sender.example.net";
    private static final String TO = "user@example.com";

    private static final String ACCEPTED = "250 2.0.0 ";

    @TempDir
    static Path directory;

    private static EdgeBed bed;
    private static Sendmail sendmail;

    @BeforeAll
    static void start() throws Exception {
        Path home = Sendmail.newDirectory();
        Path socket = home.resolve("milter");
        bed = new EdgeBed(
                directory, Map.of("edge.own.networks", "198.51.100.128/25", "edge.milter.socket", socket.toString()));
        bed.startEdge();
        sendmail = Sendmail.start(home, socket);
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
    }

    @AfterAll
    static void stop() throws Exception {
        sendmail.stop();
        bed.close();
    }

    private static String send(String address, String from, String... to) throws IOException {
        try (SmtpSession session = sendmail.session(address)) {
            return session.send(from, to);
        }
    }

    private static void throttle(String address, Mode mode) throws Exception {
        bed.throttle(address, mode, 0);
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> mode == Mode.SHADOW || send(address, FROM, TO).startsWith("451"));
    }

    @Test
    @Order(1)
    void whatIsAcceptedIsAnEventWithItsRecipientsAndSize() throws Exception {
        assertThat(send("203.0.113.1", FROM, TO, "two@example.com"))
                .as(sendmail.logged())
                .startsWith(ACCEPTED);
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.1"))
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.outcome()).isEqualTo(Outcome.ADMITTED);
                            assertThat(event.recipients()).isEqualTo(2);
                            assertThat(event.bytes()).isPositive();
                        }));
        assertThat(bed.edge().seesEnds()).isTrue();
    }

    @Test
    @Order(2)
    void twoMessagesOfASessionAreTwoEvents() throws Exception {
        try (SmtpSession session = sendmail.session("203.0.113.2")) {
            assertThat(session.send(FROM, TO)).startsWith(ACCEPTED);
            assertThat(session.send(FROM, TO, "two@example.com")).startsWith(ACCEPTED);
        }
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.2"))
                        .extracting(ConnectionEvent::recipients)
                        .containsExactly(1, 2));
    }

    @Test
    @Order(2)
    void aThrottledClientIsToldSo() throws Exception {
        throttle("203.0.113.3", Mode.ENFORCE);
        assertThat(send("203.0.113.3", FROM, TO))
                .isEqualTo("451 4.7.500 [203.0.113.3] temporarily rate limited: volume above its usual. Keep queued and"
                        + " retry. https://postmaster.example.com/help/K7Q2MKX4A9PD31WZ (AS510)");
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.3"))
                        .isNotEmpty()
                        .allMatch(event -> event.outcome() == Outcome.DEFERRED));
        assertThat(send("203.0.113.4", FROM, TO)).startsWith(ACCEPTED);
    }

    @Test
    @Order(2)
    void whatTheMtaRefusesForGoodIsRefusedForGoodStill() throws Exception {
        throttle("203.0.113.5", Mode.ENFORCE);
        assertThat(send("203.0.113.5", FROM, "someone@elsewhere.example.org")).startsWith("550 5.7.1 ");
    }

    @Test
    @Order(2)
    void ourOwnIsNeverTouchedAndNeverCounted() throws Exception {
        bed.throttle("198.51.100.200", Mode.ENFORCE, 0);
        throttle("203.0.113.6", Mode.ENFORCE); // written after: these are known as well now
        assertThat(send("198.51.100.200", FROM, TO)).as("edge.own.networks").startsWith(ACCEPTED);
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> !bed.eventsOf("203.0.113.6").isEmpty());
        assertThat(bed.eventsOf("198.51.100.200")).isEmpty();
    }

    @Test
    @Order(2)
    void inShadowMailPassesAndIsCountedAsWouldDefer() throws Exception {
        throttle("203.0.113.8", Mode.SHADOW);
        await().atMost(EdgeBed.PATIENCE).until(() -> {
            assertThat(send("203.0.113.8", FROM, TO)).startsWith(ACCEPTED);
            return bed.eventsOf("203.0.113.8").stream().anyMatch(event -> event.wouldDefer() > 0);
        });
    }

    @Test
    @Order(2)
    void everyRecipientIsAnAttemptOfOneDecision() throws Exception {
        // Half of all messages pass. Were each recipient decided for itself, some message would be half deferred.
        bed.throttle("203.0.113.9", Mode.ENFORCE, 0.5);
        throttle("203.0.113.10", Mode.ENFORCE); // written after
        for (int i = 0; i < 20; i++) {
            try (SmtpSession session = sendmail.session("203.0.113.9")) {
                session.say("MAIL FROM:<other" + i + "@sender.example.net>");
                String first = session.say("RCPT TO:<" + TO + ">");
                assertThat(session.say("RCPT TO:<two@example.com>").substring(0, 3))
                        .isEqualTo(first.substring(0, 3));
            }
        }
    }

    @Test
    @Order(2)
    void aMessageThatIsGivenUpIsNotAccepted() throws Exception {
        try (SmtpSession session = sendmail.session("203.0.113.12")) {
            session.say("MAIL FROM:<" + FROM + ">");
            assertThat(session.say("RCPT TO:<" + TO + ">")).startsWith("250");
            session.say("RSET");
            assertThat(session.send(FROM, TO)).startsWith(ACCEPTED);
        }
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.12"))
                        .extracting(ConnectionEvent::outcome)
                        .containsExactly(Outcome.ABANDONED, Outcome.ADMITTED));
    }

    /** Last, since it takes the site apart. */
    @Test
    @Order(9)
    void withoutTheEdgeMailFlowsAndANewOneIsAskedAgain() throws Exception {
        throttle("203.0.113.15", Mode.ENFORCE);
        bed.edge().close();
        assertThat(send("203.0.113.15", FROM, TO)).startsWith(ACCEPTED);
        bed.startEdge();
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.15", FROM, TO).startsWith("451 4.7.500"));
    }
}
