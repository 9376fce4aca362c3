package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.TopicName;
import io.weir.model.Verdict;
import io.weir.serde.VerdictJson;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class VerdictFollowerIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    static Path dir;

    private static EmbeddedBroker broker;

    private final VerdictTable table = new VerdictTable();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void whatIsThereAndWhatComesIsKnownOnAllPartitions() throws Exception {
        String topic = topic("all");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            for (int i = 1; i <= 20; i++) {
                send(producer, topic, "192.0.2." + i, Verdicts.throttle("192.0.2." + i, 1000, 9000));
            }
            try (VerdictFollower follower = follow(topic, VerdictReader.From.BEGINNING, table)) {
                assertThat(follower.awaitCaughtUp(TIMEOUT)).isTrue();
                assertThat(table.throttlesAt(0)).hasSize(20);

                send(producer, topic, "192.0.2.1", Verdicts.allow("192.0.2.1", 2000, 9000));
                send(producer, topic, "192.0.2.2", null);
                await().atMost(TIMEOUT)
                        .untilAsserted(() -> assertThat(table.throttlesAt(0)).hasSize(18));
                assertThat(table.verdictOf("192.0.2.2")).isNull();
                assertThat(follower.failure()).isEmpty();
            }
        }
    }

    @Test
    void whatAnAbortedTransactionWroteIsNeverSeen() throws Exception {
        String topic = topic("aborted");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", "aborting"))) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, topic, "192.0.2.1", Verdicts.throttle("192.0.2.1", 1000, 9000));
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, topic, "192.0.2.1", Verdicts.throttle("192.0.2.1", 500, 9000));
            producer.commitTransaction();

            producer.beginTransaction();
            send(producer, topic, "192.0.2.1", Verdicts.throttle("192.0.2.1", 2000, 9000));
            try (VerdictFollower follower = follow(topic, VerdictReader.From.BEGINNING, table)) {
                assertThat(follower.awaitCaughtUp(TIMEOUT)).isTrue();
                assertThat(table.verdictOf("192.0.2.1"))
                        .extracting(Verdict::seq)
                        .isEqualTo(500L);
                producer.commitTransaction();
                await().atMost(TIMEOUT)
                        .untilAsserted(() -> assertThat(table.verdictOf("192.0.2.1"))
                                .extracting(Verdict::seq)
                                .isEqualTo(2000L));
            }
        }
    }

    @Test
    void fromTheEndOnlyWhatIsNewIsHandedOn() throws Exception {
        String topic = topic("end");
        List<String> seen = new CopyOnWriteArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            send(producer, topic, "192.0.2.1", Verdicts.throttle("192.0.2.1", 1000, 9000));
            try (VerdictFollower follower =
                    follow(topic, VerdictReader.From.END, (client, verdict) -> seen.add(client))) {
                assertThat(follower.awaitCaughtUp(TIMEOUT)).isTrue();
                send(producer, topic, "192.0.2.2", Verdicts.throttle("192.0.2.2", 1000, 9000));
                await().atMost(TIMEOUT).until(() -> !seen.isEmpty());
            }
        }
        assertThat(seen).containsExactly("192.0.2.2");
    }

    @Test
    void whatIsNoVerdictIsCountedAndPassedOver() throws Exception {
        String topic = topic("malformed");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            producer.send(new ProducerRecord<>(topic, 0, bytes("192.0.2.1"), bytes("{\"v\":1}")))
                    .get(20, TimeUnit.SECONDS);
            producer.send(new ProducerRecord<>(
                            topic,
                            0,
                            bytes("192.0.2.2"),
                            VerdictJson.write(Verdicts.throttle("192.0.2.2", 1000, 9000))))
                    .get(20, TimeUnit.SECONDS);
            try (VerdictFollower follower = follow(topic, VerdictReader.From.BEGINNING, table)) {
                assertThat(follower.awaitCaughtUp(TIMEOUT)).isTrue();
                assertThat(follower.malformed()).isEqualTo(1);
                assertThat(table.throttlesAt(0)).extracting(Verdict::client).containsExactly("192.0.2.2");
            }
        }
    }

    @Test
    void aListenerThatFailsEndsTheFollowingAndSaysWhy() throws Exception {
        String topic = topic("failing");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            send(producer, topic, "192.0.2.1", Verdicts.throttle("192.0.2.1", 1000, 9000));
        }
        VerdictListener failing = (client, verdict) -> {
            throw new IllegalStateException("no room for " + client);
        };
        try (VerdictFollower follower = follow(topic, VerdictReader.From.BEGINNING, failing)) {
            assertThat(follower.awaitEnd(TIMEOUT)).isTrue();
            assertThat(follower.awaitCaughtUp(TIMEOUT)).isFalse();
            assertThat(follower.failure())
                    .get()
                    .extracting(Throwable::getMessage)
                    .isEqualTo("no room for 192.0.2.1");
        }
    }

    @Test
    void aReaderReadsToAskedOffsetsInItsCallersThread() throws Exception {
        String topic = topic("reader");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of());
                VerdictReader reader = new VerdictReader(settings(), topic, VerdictReader.From.END, TIMEOUT, table)) {
            send(producer, topic, "192.0.2.1", Verdicts.throttle("192.0.2.1", 1000, 9000));
            assertThat(reader.readTo(reader.ends(), TIMEOUT)).isTrue();
            assertThat(table.size()).isEqualTo(1);
        }
    }

    @Test
    void aTopicThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> follow("nowhere.smtp-verdicts", VerdictReader.From.BEGINNING, table))
                .isInstanceOf(VerdictTopicException.class)
                .hasMessage("Kafka at " + broker.bootstrapServers()
                        + " has no topic nowhere.smtp-verdicts; `weir topics apply` creates it");
    }

    @Test
    void aBrokerThatIsNotThereIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        Map<String, Object> settings = Map.of("bootstrap.servers", "127.0.0.1:" + port);
        assertThatThrownBy(() -> VerdictFollower.start(
                        settings, "smtp-verdicts", VerdictReader.From.BEGINNING, Duration.ofSeconds(2), table))
                .isInstanceOf(VerdictTopicException.class)
                .hasMessage("Kafka at 127.0.0.1:" + port
                        + " did not answer within 2 s; is it running, and is bootstrap.servers right?");
    }

    private static VerdictFollower follow(String topic, VerdictReader.From from, VerdictListener listener) {
        return VerdictFollower.start(settings(), topic, from, TIMEOUT, listener);
    }

    private static Map<String, Object> settings() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private static String topic(String namespace) {
        try (TopicAdmin topics = new TopicAdmin(settings(), TIMEOUT)) {
            topics.apply(TopicOptions.embedded(namespace, 4)
                    .withHistory(true)
                    .apply(TopicFiles.onClasspath().read()));
        }
        return TopicName.VERDICTS.in(namespace);
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, String topic, String client, @Nullable Verdict verdict)
            throws Exception {
        byte[] value = verdict == null ? null : VerdictJson.write(verdict);
        producer.send(new ProducerRecord<>(topic, bytes(client), value)).get(20, TimeUnit.SECONDS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
