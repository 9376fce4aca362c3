package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.serde.EventJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The last days of a real topic, judged as if reasons had been enforced. */
@Timeout(120)
class EnforceCheckIT {
    private static final String KNOWN = "203.0.113.7";
    private static final String NEWCOMER = "198.51.100.9";

    @TempDir
    static Path dir;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir.resolve("broker")));
        Run applied = weir("topics", "apply", "--partitions", "2", "--replicas", "1");
        assertThat(applied.exitCode()).as(applied.err()).isZero();
        long now = Run.CLOCK.millis();
        List<ConnectionEvent> events = new ArrayList<>();
        // Three weeks of twenty recipients every half hour; then, two hours ago, thirty thousand within minutes.
        for (long at = now - Duration.ofDays(21).toMillis();
                at < now;
                at += Duration.ofMinutes(30).toMillis()) {
            events.add(mail(KNOWN, at, 20));
        }
        long surge = now - Duration.ofHours(2).toMillis();
        for (int i = 0; i < 300; i++) {
            events.add(mail(KNOWN, surge + i * 1_000L, 100));
            events.add(mail(NEWCOMER, surge + i * 1_000L, 100));
        }
        events.sort(Comparator.comparingLong(ConnectionEvent::occurredAtMs));
        write(events);
    }

    private static ConnectionEvent mail(String client, long atMs, int recipients) {
        return new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                atMs,
                client,
                ClientAddress.parse(client).sender(),
                Outcome.ADMITTED,
                1,
                recipients,
                0,
                0,
                0,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }

    private static void write(List<ConnectionEvent> events) throws Exception {
        WeirConfig config = WeirConfig.of(Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "data.dir",
                dir.resolve("data").toString()));
        EventJson json = new EventJson();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (Cluster cluster = Cluster.reach(config);
                KafkaProducer<byte[], byte[]> producer = cluster.producer(Map.of())) {
            for (ConnectionEvent event : events) {
                sent.add(producer.send(new ProducerRecord<>(
                        TopicName.CONNECTIONS.in(""),
                        null,
                        event.occurredAtMs(),
                        event.sender().network().getBytes(StandardCharsets.UTF_8),
                        json.write(event))));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get(20, TimeUnit.SECONDS);
            }
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static Run weir(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("-D", "bootstrap.servers=" + broker.bootstrapServers()));
        all.addAll(List.of("-D", "data.dir=" + dir.resolve("data")));
        return Run.of(all.toArray(String[]::new));
    }

    @Test
    void itTellsWhomAReasonWouldHaveDeferredAndChangesNothing() {
        Run run = weir("enforce", "volume-surge", "--check", "--days", "2");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("1 senders of these were established", KNOWN, "volume-surge", "Nothing was changed.")
                .doesNotContain(NEWCOMER);
        assertThat(run.out()).contains("BRAKE: mx1 would have stopped at ");
        assertThat(weir("rules", "show").out()).doesNotContain("mode.volume-surge=enforce");
    }

    @Test
    void eachReasonHasItsOwn() {
        Run run = weir("enforce", "newcomer-volume", "--check", "--days", "2");
        assertThat(run.out()).contains(NEWCOMER, "newcomer-volume").doesNotContain(KNOWN);
    }

    @Test
    void daysAreBounded() {
        Run run = weir("enforce", "all", "--check", "--days", "36");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--days must be 1 to 35, got 36");
    }
}
