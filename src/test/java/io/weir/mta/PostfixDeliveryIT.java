package io.weir.mta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weir.Needs;
import io.weir.cli.Run;
import io.weir.edge.EdgeState;
import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Postfix's own load generator sends through a real Postfix, and what arrives behind it is counted. */
@Needs(SmtpSource.PROGRAM)
@Timeout(180)
class PostfixDeliveryIT {
    private static final int MESSAGES = 200;

    @TempDir
    static Path directory;

    private static EdgeBed bed;
    private static SmtpSink sink;
    private static Postfix postfix;

    @BeforeAll
    static void start() throws Exception {
        bed = new EdgeBed(directory, Map.of("edge.brake.share", "1", "edge.brake.established.share", "1"));
        bed.startEdge();
        sink = SmtpSink.start();
        postfix = Postfix.startDeliveringTo(sink.port(), bed.edge().port());
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
    }

    @AfterAll
    static void stop() throws Exception {
        postfix.stop();
        sink.close();
        bed.close();
    }

    /** Each message has a recipient of its own, {@code NUMBERuser@example.com}, and comes by one of ten sessions at a time. */
    private static void send(String address, String from) throws Exception {
        try (XclientRelay relay = new XclientRelay(postfix.port(), address)) {
            SmtpSource.send(relay.port(), from, "user@example.com", MESSAGES, 10);
        }
    }

    /** Of messages whose sender is {@code from}, once Postfix has nothing more to deliver. */
    private static long delivered(String from, long accepted) throws Exception {
        await().atMost(EdgeBed.PATIENCE).until(() -> sink.received(from) >= accepted);
        return sink.received(from);
    }

    private static long recipients(String address, Outcome outcome) {
        return sum(address, event -> event.outcome() == outcome ? event.recipients() : 0);
    }

    private static long sum(String address, ToLongFunction<ConnectionEvent> count) {
        return bed.eventsOf(address).stream().mapToLong(count).sum();
    }

    private static void awaitThrottled(String address, double admit) throws Exception {
        bed.throttle(address, Mode.ENFORCE, admit);
        bed.throttle("203.0.113.99", Mode.ENFORCE, 0); // written after: the first is known as well now
        await().atMost(EdgeBed.PATIENCE).until(() -> {
            try (SmtpSession session = new SmtpSession(postfix.port(), "203.0.113.99")) {
                return session.send("a@probe.example.net", "user@example.com").startsWith("451");
            }
        });
    }

    @Test
    void whoIsNotThrottledDeliversAll() throws Exception {
        send("203.0.113.1", "all@sender.example.net");
        assertThat(delivered("all@sender.example.net", MESSAGES)).isEqualTo(MESSAGES);
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() ->
                        assertThat(recipients("203.0.113.1", Outcome.ADMITTED)).isEqualTo(MESSAGES));
    }

    @Test
    void whoIsThrottledDeliversTheShareThatPasses() throws Exception {
        awaitThrottled("203.0.113.2", 0.3);
        send("203.0.113.2", "share@sender.example.net");
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(recipients("203.0.113.2", Outcome.ADMITTED)
                                + recipients("203.0.113.2", Outcome.DEFERRED))
                        .isEqualTo(MESSAGES));
        long admitted = recipients("203.0.113.2", Outcome.ADMITTED);
        assertThat(delivered("share@sender.example.net", admitted)).isEqualTo(admitted);
        // 60, give or take four deviations.
        assertThat(admitted).isBetween(34L, 86L);
    }

    /** Full speed: not one of them is held, whatever the verdict on the address says. */
    @Test
    void whoIsThrottledAndTrustedByAConnectorDeliversAll() throws Exception {
        awaitThrottled("203.0.113.3", 0);
        connectors("put", "relay", "--kind", "on-premises", "--network", "203.0.113.3/32", "--enforce");
        await().atMost(EdgeBed.PATIENCE).until(() -> {
            try (SmtpSession session = new SmtpSession(postfix.port(), "203.0.113.3")) {
                return session.send("a@probe.example.net", "user@example.com").startsWith("250");
            }
        });
        send("203.0.113.3", "trusted@sender.example.net");
        assertThat(delivered("trusted@sender.example.net", MESSAGES)).isEqualTo(MESSAGES);
        await().atMost(EdgeBed.PATIENCE)
                .untilAsserted(() -> assertThat(sum(
                                "203.0.113.3", event -> event.sender().connector() == null ? 0 : event.recipients()))
                        .isEqualTo(MESSAGES + 1));
    }

    private static void connectors(String... args) {
        List<String> all = new ArrayList<>(List.of("connectors"));
        all.addAll(List.of(args));
        all.addAll(List.of("-D", "bootstrap.servers=" + bed.config(Map.of()).bootstrapServers()));
        Run run = Run.now(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }
}
