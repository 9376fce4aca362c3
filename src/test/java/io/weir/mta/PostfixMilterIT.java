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

/** A real Postfix that has Weir as its last milter, with the lines of {@code deploy/mta/postfix/milter.cf}, after one that refuses at the end. */
@Needs(Postfix.PROGRAM)
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostfixMilterIT {
    private static final String FROM = "someone@sender.example.net";
    private static final String TO = "user@example.com";
    private static final String ACCEPTED = "250 2.0.0 ";

    @TempDir
    static Path directory;

    private static LoopbackServer filter;
    private static EdgeBed bed;
    private static Postfix postfix;

    @BeforeAll
    static void start() throws Exception {
        filter = LateRefusal.start();
        int milterPort = freePort();
        bed = new EdgeBed(
                directory,
                Map.of("edge.own.networks", "192.0.2.128/25", "edge.milter.port", Integer.toString(milterPort)));
        bed.startEdge();
        postfix = Postfix.startWithMilters(filter.port(), milterPort);
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        postfix.stop();
        bed.close();
        filter.close();
    }

    private static String send(String address, String from, String... to) throws IOException {
        try (SmtpSession session = new SmtpSession(postfix.port(), address)) {
            return session.send(from, to);
        }
    }

    @Test
    @Order(1)
    void whatIsAcceptedIsAnEventWithItsRecipients() throws Exception {
        assertThat(send("203.0.113.1", FROM, TO, "two@example.com")).startsWith(ACCEPTED);
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.1"))
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.outcome()).isEqualTo(Outcome.ADMITTED);
                            assertThat(event.recipients()).isEqualTo(2);
                        }));
    }

    @Test
    @Order(2)
    void whatAnotherMilterRefusesAtItsEndWasNeverAccepted() throws Exception {
        try (SmtpSession session = new SmtpSession(postfix.port(), "203.0.113.2")) {
            assertThat(session.send(LateRefusal.SPAMMER, TO)).isEqualTo(LateRefusal.REPLY);
            assertThat(session.send(FROM, TO)).startsWith(ACCEPTED);
        }
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.2"))
                        .extracting(ConnectionEvent::outcome)
                        .containsExactly(Outcome.ABANDONED, Outcome.ADMITTED));
    }

    @Test
    @Order(2)
    void aThrottledClientIsToldSoAndAnUnknownRecipientIsRefusedStill() throws Exception {
        bed.throttle("203.0.113.3", Mode.ENFORCE, 0);
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.3", FROM, TO).startsWith("451"));
        assertThat(send("203.0.113.3", FROM, TO))
                .isEqualTo("451 4.7.500 [203.0.113.3] temporarily rate limited: volume above its usual. Keep queued and"
                        + " retry. https://postmaster.example.com/help/K7Q2MKX4A9PD31WZ (AS510)");
        assertThat(send("203.0.113.3", FROM, "nobody@example.com")).startsWith("550 5.1.1 ");
        assertThat(send("203.0.113.4", FROM, TO)).startsWith(ACCEPTED);
    }

    @Test
    @Order(2)
    void ourOwnIsNeverTouchedAndNeverCounted() throws Exception {
        bed.throttle("192.0.2.200", Mode.ENFORCE, 0);
        bed.throttle("203.0.113.6", Mode.ENFORCE, 0); // written after: both are known when this one is
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.6", FROM, TO).startsWith("451"));
        assertThat(send("192.0.2.200", FROM, TO)).startsWith(ACCEPTED);
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> !bed.eventsOf("203.0.113.6").isEmpty());
        assertThat(bed.eventsOf("192.0.2.200")).isEmpty();
    }

    /** Last, since it takes the site apart. */
    @Test
    @Order(9)
    void withoutTheEdgeMailFlows() throws Exception {
        bed.throttle("203.0.113.9", Mode.ENFORCE, 0);
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.9", FROM, TO).startsWith("451"));
        bed.edge().close();
        assertThat(send("203.0.113.9", FROM, TO)).startsWith(ACCEPTED);
    }
}
