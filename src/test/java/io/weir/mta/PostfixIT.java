package io.weir.mta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.Needs;
import io.weir.cli.Run;
import io.weir.edge.EdgeState;
import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Postfix with the lines of {@code deploy/mta/postfix}, an edge, and Kafka. Each test has addresses of its own. */
@Needs(Postfix.PROGRAM)
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostfixIT {
    private static final String FROM = "someone@sender.example.net";
    private static final String TO = "user@example.com";

    @TempDir
    static Path directory;

    /** An hour behind, so that it can be moved on. */
    private static final MovableClock clock = MovableClock.behind(Duration.ofHours(1));

    private static EdgeBed bed;
    private static Postfix postfix;

    @BeforeAll
    static void start() throws Exception {
        bed = new EdgeBed(
                directory,
                Map.of(
                        "edge.own.networks",
                        "198.51.100.128/25",
                        // Much of what these tests send is deferred, and should be.
                        "edge.brake.share",
                        "1",
                        "edge.brake.established.share",
                        "1"),
                clock);
        bed.startEdge();
        postfix = Postfix.start(bed.edge().port());
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
    }

    @AfterAll
    static void stop() throws Exception {
        postfix.stop();
        bed.close();
    }

    private static String send(String address, String from, String... to) throws IOException {
        try (SmtpSession session = new SmtpSession(postfix.port(), address)) {
            return session.send(from, to);
        }
    }

    private static void throttle(String address, Mode mode) throws Exception {
        bed.throttle(address, mode, 0);
        // A newcomer address tells when the table has it.
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> mode == Mode.SHADOW || send(address, FROM, TO).startsWith("451"));
    }

    @Test
    @Order(1)
    void whatIsAcceptedIsAnEventWithItsRecipientsAndSize() throws Exception {
        assertThat(send("203.0.113.1", FROM, TO, "two@example.com")).startsWith("250 2.0.0");
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.1"))
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.outcome()).isEqualTo(Outcome.ADMITTED);
                            assertThat(event.recipients()).isEqualTo(2);
                            assertThat(event.bytes()).isPositive();
                            assertThat(event.edge()).isEqualTo("mx1.example.com");
                            assertThat(event.edgeSeq()).isPositive();
                        }));
        assertThat(bed.edge().seesEnds()).isTrue();
    }

    @Test
    @Order(2)
    void aThrottledClientIsToldSo() throws Exception {
        throttle("203.0.113.2", Mode.ENFORCE);
        assertThat(send("203.0.113.2", FROM, TO))
                .startsWith("451 4.7.500 ")
                .endsWith("[203.0.113.2] temporarily rate limited: volume above its usual. Keep queued and retry."
                        + " https://postmaster.example.com/help/K7Q2MKX4A9PD31WZ (AS510)");
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.2"))
                        .isNotEmpty()
                        .anyMatch(event -> event.outcome() == Outcome.DEFERRED && event.retries() == 1));
        assertThat(send("203.0.113.3", FROM, TO)).startsWith("250 2.0.0");
    }

    @Test
    @Order(2)
    void whatTheMtaRefusesForGoodIsRefusedForGoodStill() throws Exception {
        throttle("203.0.113.4", Mode.ENFORCE);
        assertThat(send("203.0.113.4", FROM, "nobody@example.com")).startsWith("550 5.1.1");
        assertThat(send("203.0.113.4", FROM, "someone@elsewhere.example.org")).startsWith("554 5.7.1");
        // What is seen later is there; of what Postfix refused itself there is nothing, admitted or not.
        long deferred = deferred("203.0.113.4");
        assertThat(send("203.0.113.4", FROM, TO)).startsWith("451 4.7.500");
        await().atMost(EdgeBed.PATIENCE).until(() -> deferred("203.0.113.4") > deferred);
        assertThat(bed.eventsOf("203.0.113.4"))
                .extracting(ConnectionEvent::outcome)
                .containsOnly(Outcome.DEFERRED);
    }

    @Test
    @Order(2)
    void theRolesCanBeReached() throws Exception {
        throttle("203.0.113.5", Mode.ENFORCE);
        assertThat(send("203.0.113.5", FROM, "postmaster@example.com")).startsWith("250 2.0.0");
        assertThat(send("203.0.113.5", FROM, "postmaster@example.com", TO)).startsWith("451 4.7.500");
    }

    @Test
    @Order(2)
    void ourOwnIsNeverTouchedAndNeverCounted() throws Exception {
        bed.throttle("198.51.100.200", Mode.ENFORCE, 0);
        bed.throttle("192.0.2.200", Mode.ENFORCE, 0);
        throttle("203.0.113.6", Mode.ENFORCE); // written after: these are known as well now
        assertThat(send("198.51.100.200", FROM, TO)).as("edge.own.networks").startsWith("250 2.0.0");
        assertThat(send("192.0.2.200", FROM, TO)).as("mynetworks").startsWith("250 2.0.0");
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
            assertThat(send("203.0.113.8", FROM, TO)).startsWith("250 2.0.0");
            return postfix.logged().contains("would defer: 4.7.500 [203.0.113.8]");
        });
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.8"))
                        .anyMatch(event -> event.outcome() == Outcome.ADMITTED && event.wouldDefer() == 1));
    }

    @Test
    @Order(2)
    void everyRecipientIsAnAttemptOfOneDecision() throws Exception {
        throttle("203.0.113.9", Mode.ENFORCE);
        long before = deferred("203.0.113.9");
        try (SmtpSession session = new SmtpSession(postfix.port(), "203.0.113.9")) {
            session.say("MAIL FROM:<other@sender.example.net>");
            assertThat(session.say("RCPT TO:<" + TO + ">")).startsWith("451 4.7.500");
            assertThat(session.say("RCPT TO:<two@example.com>")).startsWith("451 4.7.500");
        }
        await().atMost(EdgeBed.PATIENCE).until(() -> deferred("203.0.113.9") >= before + 2);
    }

    private static long deferred(String address) {
        return bed.eventsOf(address).stream()
                .filter(event -> event.outcome() == Outcome.DEFERRED)
                .mapToLong(ConnectionEvent::recipients)
                .sum();
    }

    @Test
    @Order(2)
    void whoGoesAwayHasAbandoned() throws Exception {
        try (SmtpSession session = new SmtpSession(postfix.port(), "203.0.113.10")) {
            session.say("MAIL FROM:<" + FROM + ">");
            assertThat(session.say("RCPT TO:<" + TO + ">")).startsWith("250");
        }
        // The same smtpd serves the next client, or ends: either tells that the first transaction is over.
        await().atMost(EdgeBed.PATIENCE).untilAsserted(() -> {
            for (int i = 0; i < 3; i++) {
                send("203.0.113.11", FROM, TO);
            }
            assertThat(bed.eventsOf("203.0.113.10"))
                    .extracting(ConnectionEvent::outcome)
                    .containsExactly(Outcome.ABANDONED);
        });
    }

    @Test
    @Order(2)
    void aReleasedClientPassesAgain() throws Exception {
        throttle("203.0.113.12", Mode.ENFORCE);
        bed.forget("203.0.113.12");
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.12", FROM, TO).startsWith("250"));
    }

    @Test
    @Order(2)
    void anOperatorsWordGoesBeforeTheVerdict() throws Exception {
        throttle("203.0.113.20", Mode.ENFORCE);
        weir("put", "203.0.113.20", "--allow", "--for", "1h", "--comment", "known");
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.20", FROM, TO).startsWith("250"));
        weir("put", "203.0.113.20/30", "--throttle", "--admit", "0", "--for", "1h", "--comment", "complaints");
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.21", FROM, TO).startsWith("451 4.7.507 "));
        assertThat(send("203.0.113.20", FROM, TO))
                .as("the smaller network counts")
                .startsWith("250");
        assertThat(weir("list").lines())
                .hasSize(2)
                .anyMatch(line ->
                        line.matches("203\\.0\\.113\\.20/30 +lets 0% through until .* by operator .*: complaints"));
        weir("delete", "203.0.113.20/30");
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.21", FROM, TO).startsWith("250"));
        weir("delete", "203.0.113.20");
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.20", FROM, TO).startsWith("451 4.7.500"));
    }

    @Test
    @Order(2)
    void aConnectorIsTrustedAndAPartnersMailIsBoundToItsServers() throws Exception {
        throttle("203.0.113.30", Mode.ENFORCE);
        String partner = "someone@partner.example.net";
        connectors("put", "hq", "--kind", "on-premises", "--network", "203.0.113.30/32", "--enforce");
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.30", FROM, TO).startsWith("250"));
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(bed.eventsOf("203.0.113.30"))
                        .anyMatch(event -> "connector:hq".equals(event.exemptBy())));
        connectors(
                "put",
                "acme",
                "--kind",
                "partner",
                "--sender-domain",
                "partner.example.net",
                "--network",
                "203.0.113.31/32",
                "--restrict-to-networks",
                "--enforce");
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.32", partner, TO).startsWith("550 5.7.51 "));
        assertThat(send("203.0.113.31", partner, TO)).startsWith("250");
        assertThat(send("203.0.113.32", FROM, TO)).startsWith("250");
        assertThat(send("203.0.113.32", "", TO)).as("bounces are spared").startsWith("250");
        assertThat(connectors("list").lines()).hasSize(2);
        connectors("delete", "acme");
        connectors("delete", "hq");
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.30", FROM, TO).startsWith("451 4.7.500"));
    }

    @Test
    @Order(2)
    void theFractionPasses() throws Exception {
        bed.throttle("203.0.113.40", Mode.ENFORCE, 0.3);
        bed.throttle("203.0.113.41", Mode.ENFORCE, 0);
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.41", FROM, TO).startsWith("451"));
        int passed = 0;
        for (int i = 0; i < 200; i++) {
            passed +=
                    send("203.0.113.40", "from" + i + "@sender.example.net", TO).startsWith("250") ? 1 : 0;
        }
        // 60, give or take four deviations.
        assertThat(passed).isBetween(34, 86);
    }

    private static Run connectors(String... args) {
        return command("connectors", args);
    }

    private static Run weir(String... args) {
        return command("overrides", args);
    }

    private static Run command(String name, String... args) {
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(List.of(args));
        all.addAll(List.of("-D", "bootstrap.servers=" + bed.config(Map.of()).bootstrapServers()));
        Run run = Run.now(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    /** Last, since they take the site apart. */
    @Test
    @Order(8)
    void withoutKafkaMailFlowsVerdictsHoldAndEventsArriveLater() throws Exception {
        throttle("203.0.113.13", Mode.ENFORCE);
        bed.stopBroker();
        assertThat(send("203.0.113.14", FROM, TO)).startsWith("250 2.0.0");
        assertThat(send("203.0.113.13", FROM, TO)).startsWith("451 4.7.500");
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.STALE);
        assertThat(send("203.0.113.13", FROM, TO)).startsWith("451 4.7.500");
        clock.forward(Duration.ofMinutes(16));
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.OPEN);
        assertThat(send("203.0.113.13", FROM, TO)).as("its verdict has expired").startsWith("250 2.0.0");
        assertThat(bed.edge().unsent()).isPositive();
        bed.startBroker();
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().unsent() == 0);
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
        assertThat(bed.eventsOf("203.0.113.14"))
                .extracting(ConnectionEvent::outcome)
                .containsExactly(Outcome.ADMITTED);
        assertThat(bed.events()).extracting(ConnectionEvent::edgeSeq).doesNotHaveDuplicates();
    }

    @Test
    @Order(9)
    void withoutTheEdgeMailFlowsAndANewOneIsAskedAgain() throws Exception {
        throttle("203.0.113.15", Mode.ENFORCE);
        List<Long> before = bed.events().stream().map(ConnectionEvent::edgeSeq).toList();
        bed.edge().close();
        assertThat(send("203.0.113.15", FROM, TO)).startsWith("250 2.0.0");
        bed.startEdge();
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.15", FROM, TO).startsWith("451 4.7.500"));
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.events().size() > before.size());
        assertThat(bed.events()).extracting(ConnectionEvent::edgeSeq).doesNotHaveDuplicates();
    }

    @Test
    @Order(10)
    void anEdgeThatStartsBeforeKafkaAnswersAtOnce() throws Exception {
        bed.edge().close();
        bed.stopBroker();
        bed.startEdge();
        assertThat(bed.edge().state()).isEqualTo(EdgeState.OPEN);
        assertThat(send("203.0.113.15", FROM, TO)).startsWith("250 2.0.0");
        bed.startBroker();
        await().atMost(EdgeBed.PATIENCE)
                .until(() -> send("203.0.113.15", FROM, TO).startsWith("451 4.7.500"));
    }
}
