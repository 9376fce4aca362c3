package io.weir.mta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.Needs;
import io.weir.edge.EdgeState;
import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real OpenSMTPD with the filter of {@code deploy/mta/opensmtpd}, an edge, and Kafka. Each test has addresses of its own. */
@Needs(OpenSmtpd.PROGRAM)
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OpenSmtpdIT {
    private static final String FROM = "someone@sender.example.net";
    private static final String TO = "user@example.com";

    @TempDir
    static Path directory;

    private static EdgeBed bed;
    private static OpenSmtpd openSmtpd;

    @BeforeAll
    static void start() throws Exception {
        // The filter runs as OpenSMTPD's user.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        bed = new EdgeBed(
                directory,
                Map.of(
                        "edge.own.networks",
                        "198.51.100.128/25",
                        "edge.policy.socket",
                        directory.resolve("policy").toString(),
                        "edge.policy.socket.group",
                        "opensmtpd"));
        bed.startEdge();
        openSmtpd = OpenSmtpd.start("127.0.0.1:" + bed.edge().port());
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
        // The first answer of a cold machine may take longer than the filter waits.
        await().atMost(EdgeBed.PATIENCE).until(() -> {
            send("203.0.113.99", FROM, TO);
            return !bed.eventsOf("203.0.113.99").isEmpty();
        });
    }

    @AfterAll
    static void stop() throws Exception {
        openSmtpd.stop();
        bed.close();
    }

    private static String send(String address, String from, String... to) throws IOException {
        try (SmtpSession session = openSmtpd.session(address)) {
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
                .as(openSmtpd.logged())
                .startsWith("250 ");
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
        try (SmtpSession session = openSmtpd.session("203.0.113.2")) {
            assertThat(session.send(FROM, TO)).startsWith("250 ");
            assertThat(session.send(FROM, TO, "two@example.com")).startsWith("250 ");
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
                .isEqualTo(
                        "451 4.7.500 [203.0.113.3] temporarily rate limited: volume above its usual. Keep queued and retry."
                                + " https://postmaster.example.com/help/K7Q2MKX4A9PD31WZ (AS510)");
        assertThat(openSmtpd.logged()).contains("weir: 451 4.7.500 [203.0.113.3] temporarily rate limited");
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.3"))
                        .isNotEmpty()
                        .allMatch(event -> event.outcome() == Outcome.DEFERRED));
        assertThat(send("203.0.113.4", FROM, TO)).startsWith("250 ");
    }

    @Test
    @Order(2)
    void whatTheMtaRefusesForGoodIsRefusedForGoodStill() throws Exception {
        throttle("203.0.113.5", Mode.ENFORCE);
        assertThat(send("203.0.113.5", FROM, "stranger@example.com")).startsWith("524 ");
        assertThat(send("203.0.113.5", FROM, "someone@elsewhere.example.org")).startsWith("550 ");
    }

    @Test
    @Order(2)
    void ourOwnIsNeverTouchedAndNeverCounted() throws Exception {
        bed.throttle("198.51.100.200", Mode.ENFORCE, 0);
        throttle("203.0.113.6", Mode.ENFORCE); // written after: these are known as well now
        assertThat(send("198.51.100.200", FROM, TO)).as("edge.own.networks").startsWith("250 ");
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> !bed.eventsOf("203.0.113.6").isEmpty());
        assertThat(bed.eventsOf("198.51.100.200")).isEmpty();
    }

    @Test
    @Order(2)
    void inShadowMailPassesAndTheMtaLogsWhatItWouldHaveSaid() throws Exception {
        throttle("203.0.113.8", Mode.SHADOW);
        await().atMost(EdgeBed.PATIENCE).until(() -> {
            assertThat(send("203.0.113.8", FROM, TO)).startsWith("250 ");
            return openSmtpd.logged().contains("weir: would defer: 4.7.500 [203.0.113.8]");
        });
    }

    @Test
    @Order(2)
    void everyRecipientIsAnAttempt() throws Exception {
        bed.throttle("203.0.113.9", Mode.ENFORCE, 0);
        throttle("203.0.113.10", Mode.ENFORCE); // written after
        assertThat(send("203.0.113.9", FROM, TO, "two@example.com")).startsWith("451 4.7.500 ");
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.9"))
                        .hasSize(2)
                        .allMatch(event -> event.outcome() == Outcome.DEFERRED));
    }

    @Test
    @Order(2)
    void whatAClientSaysAddsNoLineToTheQuestion() throws Exception {
        throttle("203.0.113.11", Mode.ENFORCE);
        // A newline itself ends the command, and OpenSMTPD hangs up on whoever sends the next one too early.
        for (String line : new String[] {"\r", "\\n", "\\\r", "|", "\u0000"}) {
            String claim = line + "sasl_username=x" + line + "client_address=198.51.100.201";
            assertThat(send("203.0.113.11", "\"a" + claim + "\"@sender.example.net", TO))
                    .as("sender")
                    .doesNotStartWith("250");
            try (SmtpSession session = openSmtpd.session("203.0.113.11")) {
                session.say("EHLO x" + claim);
                assertThat(session.send(FROM, TO)).as("name").doesNotStartWith("250");
            }
        }
        assertThat(bed.eventsOf("198.51.100.201")).isEmpty();
    }

    @Test
    @Order(2)
    void whenWeirDoesNotAnswerMailPassesAfterTwoSeconds() throws Exception {
        throttle("203.0.113.13", Mode.ENFORCE);
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            OpenSmtpd other = OpenSmtpd.start("127.0.0.1:" + mute.getLocalPort());
            try (SmtpSession session = other.session("203.0.113.13")) {
                assertThat(session.send(FROM, TO)).startsWith("250 ");
                assertThat(other.logged()).contains("weir: Weir does not answer: mail passes");
            } finally {
                other.stop();
            }
        }
    }

    @Test
    @Order(2)
    void weirMayBeAskedAtItsUnixSocket() throws Exception {
        throttle("203.0.113.14", Mode.ENFORCE);
        OpenSmtpd other = OpenSmtpd.start(directory.resolve("policy").toString());
        try (SmtpSession session = other.session("203.0.113.14")) {
            assertThat(session.send(FROM, TO)).startsWith("451 4.7.500 ");
        } finally {
            other.stop();
        }
    }

    /** Last, since it takes the site apart. */
    @Test
    @Order(9)
    void withoutTheEdgeMailFlowsAndANewOneIsAskedAgain() throws Exception {
        throttle("203.0.113.15", Mode.ENFORCE);
        bed.edge().close();
        assertThat(send("203.0.113.15", FROM, TO)).startsWith("250 ");
        bed.startEdge();
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.15", FROM, TO).startsWith("451 4.7.500"));
    }
}
