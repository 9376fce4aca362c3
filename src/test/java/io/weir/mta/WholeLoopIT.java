package io.weir.mta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.Needs;
import io.weir.cli.Run;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.edge.EdgeState;
import io.weir.edge.VerdictFollower;
import io.weir.edge.VerdictReader;
import io.weir.edge.VerdictTable;
import io.weir.engine.Answer;
import io.weir.engine.CaseFacts;
import io.weir.engine.CaseLookup;
import io.weir.engine.WeirEngine;
import io.weir.explain.Bounce;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mail by Postfix's load generator into a real Postfix; its events through edge and Kafka into the engine; its verdict back to the edge and into
 * Postfix's replies. The edge's clock is the test's, an hour behind, so that minutes pass when the test says so.
 */
@Needs(SmtpSource.PROGRAM)
@Timeout(240)
class WholeLoopIT {
    private static final String SENDER = "203.0.113.77";
    private static final String FROM = "news@sender.example.net";
    private static final String TO = "user@example.com";
    private static final String DEFERRED = "[" + SENDER + "] temporarily rate limited: too much for a new sender.";

    @TempDir
    static Path directory;

    private static final AtomicLong now = new AtomicLong(System.currentTimeMillis() - 3_600_000);
    private static final VerdictTable verdicts = new VerdictTable();
    private static EdgeBed bed;
    private static Postfix postfix;
    private static WeirEngine engine;
    private static VerdictFollower follower;

    private static final class TestClock extends Clock {
        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        bed = new EdgeBed(directory, Map.of(), new TestClock());
        WeirConfig config = bed.config(Map.of("streams.replication.factor", "1"));
        assertThat(Run.of("enforce", "newcomer-volume", "-D", "bootstrap.servers=" + config.bootstrapServers())
                        .exitCode())
                .isZero();
        engine = new WeirEngine(
                config,
                SiteSecret.readOrCreate(config.siteSecretFile()),
                new SimpleMeterRegistry(),
                System::currentTimeMillis);
        engine.start();
        bed.startEdge();
        postfix = Postfix.startForEverybody(bed.edge().port());
        follower = VerdictFollower.start(
                Map.of("bootstrap.servers", config.bootstrapServers()),
                TopicName.VERDICTS.baseName(),
                VerdictReader.From.BEGINNING,
                Duration.ofSeconds(20),
                verdicts);
        assertThat(engine.awaitReady(EdgeBed.PATIENCE)).isTrue();
        await().atMost(EdgeBed.PATIENCE).until(() -> bed.edge().state() == EdgeState.ENFORCING);
    }

    @AfterAll
    static void stop() throws Exception {
        postfix.stop();
        follower.close();
        engine.close();
        bed.close();
    }

    @Test
    void aSurgeIsDeferredAndReleasedWhenItIsOver() throws Exception {
        try (XclientRelay relay = new XclientRelay(postfix.port(), SENDER)) {
            for (int burst = 0; burst < 50 && !postfix.logged().contains(DEFERRED); burst++) {
                SmtpSource.send(relay.port(), FROM, TO, 10, 5);
                judged();
            }
        }
        assertThat(postfix.logged().lines())
                .anyMatch(line -> line.contains(DEFERRED) && line.contains("451 4.7.501 ") && line.contains("(AS511)"));
        theLineIsExplained();
        long accepted = bed.eventsOf(SENDER).stream()
                .filter(event -> event.outcome() == Outcome.ADMITTED)
                .mapToLong(ConnectionEvent::recipients)
                .sum();
        assertThat(accepted).as("a newcomer may send some before").isBetween(10L, 200L);
        assertThat(send("198.51.100.9")).as("another sender").startsWith("250");

        boolean released = false;
        for (int minute = 0; minute < 45 && !released; minute++) {
            now.addAndGet(60_000);
            send(SENDER);
            judged();
            Verdict verdict = verdicts.verdictOf(SENDER);
            released = verdict != null && verdict.action() == Verdict.Action.ALLOW;
        }
        assertThat(released).as("the engine has taken its throttle back").isTrue();
        await().atMost(EdgeBed.PATIENCE).until(() -> send(SENDER).startsWith("250"));
    }

    /** What Postfix logged leads to the engine's own account of it. */
    private static void theLineIsExplained() throws IOException {
        String line = postfix.logged()
                .lines()
                .filter(one -> one.contains(DEFERRED))
                .findFirst()
                .orElseThrow();
        Bounce bounce = Bounce.parse(line);
        assertThat(bounce.status()).as(line).isEqualTo("4.7.501");
        assertThat(bounce.token()).as(line).isEqualTo("AS511");
        assertThat(bounce.clientAddress()).as(line).isEqualTo(SENDER);
        assertThat(bounce.caseId()).as(line).isNotNull();
        Answer<CaseLookup> answer = engine.queries().caseOf(bounce.caseId());
        assertThat(answer).isInstanceOf(Answer.Local.class);
        CaseFacts facts = ((Answer.Local<CaseLookup>) answer).value().found().orElseThrow();
        assertThat(facts.verdict().client()).isEqualTo(SENDER);
        assertThat(facts.verdict().caseId()).isEqualTo(bounce.caseId());
        assertThat(facts.verdict().reason()).isEqualTo("newcomer-volume");
    }

    private static String send(String address) throws IOException {
        try (SmtpSession session = new SmtpSession(postfix.port(), address)) {
            return session.send(FROM, TO, "two@example.com");
        }
    }

    /** Returns when the engine has judged all that the edge has seen. */
    private static void judged() throws Exception {
        String group = bed.config(Map.of()).applicationId();
        Map<String, Object> client =
                Map.of("bootstrap.servers", bed.config(Map.of()).bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            await().atMost(EdgeBed.PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> bed.edge().unsent() == 0);
            Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
            for (int i = 0; i < 2; i++) {
                ask.put(new TopicPartition(TopicName.CONNECTIONS.baseName(), i), OffsetSpec.latest());
            }
            var ends = admin.listOffsets(ask).all().get(20, TimeUnit.SECONDS);
            await().atMost(EdgeBed.PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> {
                var done = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get(20, TimeUnit.SECONDS);
                return ends.entrySet().stream()
                        .allMatch(end -> end.getValue().offset() == 0
                                || (done.get(end.getKey()) != null
                                        && done.get(end.getKey()).offset()
                                                >= end.getValue().offset()));
            });
        }
    }
}
