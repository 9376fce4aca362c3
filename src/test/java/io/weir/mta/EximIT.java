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

/** A real Exim with the ACLs of {@code deploy/mta/exim}, an edge, and Kafka. Each test has addresses of its own. */
@Needs(Exim.PROGRAM)
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EximIT {
    private static final String FROM = "someone@sender.example.net";
    private static final String TO = "user@example.com";

    @TempDir
    static Path directory;

    private static EdgeBed bed;
    private static Exim exim;

    @BeforeAll
    static void start() throws Exception {
        bed = new EdgeBed(directory, Map.of("edge.own.networks", "198.51.100.128/25"));
        bed.startEdge();
        exim = Exim.start(bed.edge().port());
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
    }

    @AfterAll
    static void stop() throws Exception {
        exim.stop();
        bed.close();
    }

    private static String send(String address, String from, String... to) throws IOException {
        try (SmtpSession session = exim.session(address)) {
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
                .as(exim.logged())
                .startsWith("250 OK id=");
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
        try (SmtpSession session = exim.session("203.0.113.2")) {
            assertThat(session.send(FROM, TO)).startsWith("250 OK id=");
            assertThat(session.send(FROM, TO, "two@example.com")).startsWith("250 OK id=");
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
        // Exim breaks a long text into the lines of one reply.
        assertThat(send("203.0.113.3", FROM, TO)).startsWith("451 4.7.500 ").endsWith(" (AS510)");
        assertThat(exim.logged())
                .contains(
                        "weir: 451 4.7.500 [203.0.113.3] temporarily rate limited: volume above its usual. Keep queued and"
                                + " retry. https://postmaster.example.com/help/K7Q2MKX4A9PD31WZ (AS510)");
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.3"))
                        .isNotEmpty()
                        .allMatch(event -> event.outcome() == Outcome.DEFERRED));
        assertThat(send("203.0.113.4", FROM, TO)).startsWith("250 OK id=");
    }

    @Test
    @Order(2)
    void whatTheMtaRefusesForGoodIsRefusedForGoodStill() throws Exception {
        throttle("203.0.113.5", Mode.ENFORCE);
        assertThat(send("203.0.113.5", FROM, "nobody@example.com")).startsWith("550 5.1.1");
        assertThat(send("203.0.113.5", FROM, "someone@elsewhere.example.org")).startsWith("550 5.7.1");
    }

    @Test
    @Order(2)
    void ourOwnIsNeverTouchedAndNeverCounted() throws Exception {
        bed.throttle("198.51.100.200", Mode.ENFORCE, 0);
        bed.throttle("192.0.2.200", Mode.ENFORCE, 0);
        throttle("203.0.113.6", Mode.ENFORCE); // written after: these are known as well now
        assertThat(send("198.51.100.200", FROM, TO)).as("edge.own.networks").startsWith("250 OK id=");
        assertThat(send("192.0.2.200", FROM, TO)).as("Exim's own hosts").startsWith("250 OK id=");
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> !bed.eventsOf("203.0.113.6").isEmpty());
        assertThat(bed.eventsOf("198.51.100.200")).isEmpty();
        assertThat(bed.eventsOf("192.0.2.200")).isEmpty();
    }

    @Test
    @Order(2)
    void inShadowMailPassesAndTheMtaLogsWhatItWouldHaveSaid() throws Exception {
        throttle("203.0.113.8", Mode.SHADOW);
        await().atMost(EdgeBed.PATIENCE).until(() -> {
            assertThat(send("203.0.113.8", FROM, TO)).startsWith("250 OK id=");
            return exim.logged().contains("weir: would defer: 4.7.500 [203.0.113.8]");
        });
    }

    @Test
    @Order(2)
    void everyRecipientIsAnAttemptOfOneDecision() throws Exception {
        // Half of all messages pass. Were each recipient decided for itself, some message would be half deferred.
        bed.throttle("203.0.113.9", Mode.ENFORCE, 0.5);
        throttle("203.0.113.10", Mode.ENFORCE); // written after
        for (int i = 0; i < 20; i++) {
            try (SmtpSession session = exim.session("203.0.113.9")) {
                session.say("MAIL FROM:<other" + i + "@sender.example.net>");
                String first = session.say("RCPT TO:<" + TO + ">");
                assertThat(session.say("RCPT TO:<two@example.com>").substring(0, 3))
                        .isEqualTo(first.substring(0, 3));
            }
        }
    }

    @Test
    @Order(2)
    void whatAClientSaysAddsNoLineToTheQuestion() throws Exception {
        throttle("203.0.113.11", Mode.ENFORCE);
        for (String line : new String[] {"\n", "\r", "\\n", "\\\n", "${\\n}"}) {
            String claim = line + "sasl_username=x" + line + "client_address=198.51.100.201";
            assertThat(send("203.0.113.11", "\"a" + claim + "\"@sender.example.net", TO))
                    .as("sender")
                    .doesNotStartWith("250");
            assertThat(send("203.0.113.11", FROM, "\"user" + claim + "\"@example.com"))
                    .as("recipient")
                    .doesNotStartWith("250");
            try (SmtpSession session = exim.session("203.0.113.11")) {
                session.say("EHLO x" + claim);
                assertThat(session.send(FROM, TO)).as("name").doesNotStartWith("250");
            }
        }
        assertThat(send("203.0.113.11", "\"a\\nsasl_username=x\"@sender.example.net", TO))
                .as("a sender with a backslash is asked about as it is")
                .startsWith("451 4.7.500");
        assertThat(bed.eventsOf("198.51.100.201")).isEmpty();
    }

    /** Last, since it takes the site apart. */
    @Test
    @Order(9)
    void withoutTheEdgeMailFlowsAndANewOneIsAskedAgain() throws Exception {
        throttle("203.0.113.15", Mode.ENFORCE);
        bed.edge().close();
        assertThat(send("203.0.113.15", FROM, TO)).startsWith("250 OK id=");
        bed.startEdge();
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.15", FROM, TO).startsWith("451 4.7.500"));
    }
}
