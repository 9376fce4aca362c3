package io.weir.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.WeirConfig;
import io.weir.model.Connector;
import io.weir.model.Mode;
import io.weir.model.OperatorChange;
import io.weir.model.OperatorOverride;
import io.weir.model.Verdict;
import io.weir.operator.OperatorException.Kind;
import io.weir.serde.VerdictJson;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What operators write, as several of them see it. */
@Timeout(120)
class KafkaOperatorsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path dir;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir.resolve("broker")));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void whatOneWritesIsKnownToItAtOnceAndToTheOthersSoon() {
        WeirConfig config = site("share");
        try (KafkaOperators one = KafkaOperators.open(config).awaitRead();
                KafkaOperators other = KafkaOperators.open(config).awaitRead()) {
            one.putOverrides(List.of(override("203.0.113.7", 1_000)));
            one.putConnectors(List.of(connector("hq")), new Signature("mara", "first", 2_000));
            assertThat(one.overrides()).containsOnlyKeys("203.0.113.7");
            assertThat(one.connectors()).containsOnlyKeys("hq");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(other.connectors()).isEqualTo(one.connectors()));

            other.deleteOverride("203.0.113.7", new Signature("ole", "over", 3_000));
            assertThat(other.overrides()).isEmpty();
            assertThat(other.changes())
                    .extracting(OperatorChange::key, change -> change.action().label(), OperatorChange::author)
                    .containsExactly(
                            tuple("203.0.113.7", "delete", "ole"),
                            tuple("hq", "put", "mara"),
                            tuple("203.0.113.7", "put", "mara"));
            assertThat(other.changes().get(1).comment()).isEqualTo("first");
            assertThat(other.changes().get(2).record()).contains("\"target\":\"203.0.113.7\"");
        }
        try (KafkaOperators later = KafkaOperators.open(config).awaitRead()) {
            assertThat(later.changes()).hasSize(3);
            assertThat(later.overrides()).isEmpty();
            assertThat(later.connectors()).containsOnlyKeys("hq");
        }
    }

    @Test
    void whatIsNotThereCannotBeTakenBack() {
        try (KafkaOperators one = KafkaOperators.open(site("missing")).awaitRead()) {
            Signature by = new Signature("mara", "", 1_000);
            assertThatThrownBy(() -> one.deleteOverride("203.0.113.7", by))
                    .isInstanceOfSatisfying(
                            OperatorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISSING))
                    .hasMessage("there is no override of 203.0.113.7");
            assertThatThrownBy(() -> one.deleteConnector("hq", by)).hasMessage("there is no connector hq");
            assertThatThrownBy(() -> one.putOverrides(List.of(override("2001:db8::1", 1_000))))
                    .hasMessageContaining("is a part of a sender, and would cover nobody")
                    .hasMessageEndingWith("give 2001:db8::/64");
            assertThat(one.changes()).isEmpty();
        }
    }

    /** Whoever writes at the same moment fences the other off, who tries again: nothing is lost, nothing half written. */
    @Test
    void twoWhoWriteAtTheSameMomentBothSucceed() throws Exception {
        WeirConfig config = site("both");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (KafkaOperators one = KafkaOperators.open(config).awaitRead();
                KafkaOperators other = KafkaOperators.open(config).awaitRead()) {
            List<Callable<Void>> writes = new ArrayList<>();
            for (KafkaOperators some : List.of(one, other)) {
                String third = some == one ? "113" : "114";
                writes.add(() -> {
                    for (int i = 0; i < 2; i++) {
                        some.putOverrides(List.of(override("203.0." + third + "." + i, 1_000)));
                    }
                    return null;
                });
            }
            int refused = 0;
            for (Future<Void> done : threads.invokeAll(writes)) {
                try {
                    done.get(60, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    OperatorException.class,
                                    refusal -> assertThat(refusal.kind())
                                            .as("%s, from %s", refusal, refusal.getCause())
                                            .isEqualTo(Kind.CONFLICT));
                    refused++;
                }
            }
            assertThat(refused).isLessThan(2);
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(one.overrides()).isEqualTo(other.overrides());
                assertThat(one.overrides().size()).isGreaterThanOrEqualTo(2);
                assertThat(one.changes()).hasSize(one.overrides().size());
            });
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aClusterWithoutTheTopicsIsNamed() {
        WeirConfig config = WeirConfig.of(Map.of("namespace", "none", "bootstrap.servers", broker.bootstrapServers()));
        try (KafkaOperators none = KafkaOperators.open(config)) {
            assertThatThrownBy(none::overrides)
                    .isInstanceOfSatisfying(
                            OperatorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThatThrownBy(none::overrides)
                            .hasMessageContaining(
                                    "there is no topic none.smtp-connectors;" + " 'weir topics apply' creates it"));
        }
    }

    @Test
    void verdictsComeAsTheyAreMadeAndNoneTwice() throws Exception {
        WeirConfig config = site("feed");
        publish(config, verdict("203.0.113.1", 1_000));
        BlockingQueue<VerdictFeed.Entry> came = new LinkedBlockingQueue<>();
        try (KafkaVerdicts feed = KafkaVerdicts.open(config)) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(OperatorException.class)
                    .untilAsserted(() -> assertThat(feed.newest()).hasSize(1));
            VerdictFeed.Subscription subscription = feed.subscribe("", came::add);
            publish(config, verdict("203.0.113.2", 2_000), verdict("203.0.113.3", 3_000));
            VerdictFeed.Entry second = came.poll(20, TimeUnit.SECONDS);
            assertThat(second.verdict().client()).isEqualTo("203.0.113.2");
            assertThat(came.poll(20, TimeUnit.SECONDS).verdict().client()).isEqualTo("203.0.113.3");
            subscription.close();

            BlockingQueue<VerdictFeed.Entry> again = new LinkedBlockingQueue<>();
            feed.subscribe(second.id(), again::add);
            assertThat(again).hasSize(1);
            assertThat(again.poll().verdict().client()).isEqualTo("203.0.113.3");
            publish(config, verdict("203.0.113.4", 4_000));
            assertThat(again.poll(20, TimeUnit.SECONDS).verdict().client()).isEqualTo("203.0.113.4");
            assertThat(came).isEmpty();
            assertThat(feed.newest())
                    .extracting(entry -> entry.verdict().decidedAtMs())
                    .isSorted();
        }
    }

    private static WeirConfig site(String namespace) {
        try (TopicAdmin topics =
                new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()), Duration.ofSeconds(10))) {
            topics.apply(TopicOptions.embedded(namespace, 1)
                    .withHistory(true)
                    .apply(TopicFiles.onClasspath().read()));
        }
        return WeirConfig.of(Map.of("namespace", namespace, "bootstrap.servers", broker.bootstrapServers()));
    }

    private static OperatorOverride override(String target, long nowMs) {
        return new OverrideDraft(target, OperatorOverride.Action.ALLOW, 1, 0, Term.of("2d"), "known")
                .signed("mara", nowMs);
    }

    private static Connector connector(String name) {
        return new Connector(
                name,
                Connector.Kind.ON_PREMISES,
                true,
                false,
                List.of("192.0.2.0/28"),
                List.of(),
                List.of(),
                false,
                List.of(),
                false,
                false,
                "ours");
    }

    private static Verdict verdict(String client, long decidedAtMs) {
        return new Verdict(
                client,
                Verdict.Action.THROTTLE,
                Mode.SHADOW,
                0.5,
                451,
                "4.7.500",
                510,
                "volume-surge",
                "K7Q2MKX4A9PD31WZ",
                300_000,
                100,
                10,
                50,
                List.of(),
                decidedAtMs,
                decidedAtMs + 900_000,
                decidedAtMs,
                "c0ffee12");
    }

    private static void publish(WeirConfig config, Verdict... verdicts) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", config.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Verdict verdict : verdicts) {
                producer.send(new ProducerRecord<>(
                                config.namespace() + ".smtp-verdicts",
                                null,
                                verdict.decidedAtMs(),
                                verdict.client().getBytes(StandardCharsets.UTF_8),
                                VerdictJson.write(verdict)))
                        .get(20, TimeUnit.SECONDS);
            }
        }
    }
}
