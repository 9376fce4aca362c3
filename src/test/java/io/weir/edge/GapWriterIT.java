package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.broker.EmbeddedBroker;
import io.weir.config.MetricName;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.Gap;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GapWriterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int PARTITIONS = 3;
    private static final long HOUR = 3_600_000;

    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private EmbeddedBroker broker;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(directory.resolve("broker")));
        try (TopicAdmin topics = new TopicAdmin(client(), PATIENCE)) {
            topics.apply(TopicOptions.embedded("", PARTITIONS)
                    .apply(TopicFiles.onClasspath().read()));
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void theLatestGapWaitsForKafkaAndGoesIntoEveryPartition() {
        long now = System.currentTimeMillis();
        Gap first = new Gap("mx1", now - 2, now - 9 * HOUR, now - 8 * HOUR);
        Gap latest = new Gap("mx1", now - 1, now - 2 * HOUR, now - HOUR);
        try (GapWriter writer = new GapWriter(client(), TopicName.CONNECTIONS.baseName(), new EdgeMeters(registry))) {
            broker.close();
            writer.write(first);
            writer.write(latest);
            writer.start();
            assertThat(written()).isZero();
            broker = EmbeddedBroker.start(broker.options());
            await().atMost(PATIENCE).until(() -> written() == 1);
        }
        assertThat(gaps()).hasSize(PARTITIONS).containsOnly(latest);
    }

    @Test
    void anEdgeThatWasAwayTellsOfItWithTheNextMail() throws Exception {
        WeirConfig config = WeirConfig.of(Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "data.dir",
                directory.toString(),
                "edge.name",
                "mx1",
                "edge.policy.port",
                "0"));
        long last = System.currentTimeMillis() - 2 * HOUR;
        Path file = config.spoolDirectory().resolveSibling("last-seen");
        Files.writeString(file, "1 " + last + " 7\n" + "100.0\n".repeat(168));
        try (Edge edge = edge(config)) {
            assertThat(written()).isZero();
            ask(edge);
            await().atMost(PATIENCE).until(() -> written() == 1);
            ask(edge);
        }
        List<Gap> gaps = gaps();
        assertThat(gaps).hasSize(PARTITIONS).allSatisfy(gap -> {
            assertThat(gap.edge()).isEqualTo("mx1");
            assertThat(gap.fromMs()).isEqualTo(last);
            assertThat(gap.toMs()).isEqualTo(gap.occurredAtMs()).isGreaterThanOrEqualTo(last + 2 * HOUR);
        });
        assertThat(SilenceWatch.of(Files.readString(file)).seen(System.currentTimeMillis()))
                .as("kept when the edge ended")
                .isNull();
    }

    private Edge edge(WeirConfig config) {
        SiteSecret secret = SiteSecret.readOrCreate(config.siteSecretFile());
        return Edge.start(config, secret, registry, Clock.systemUTC());
    }

    private double written() {
        return registry.counter(MetricName.EDGE_GAPS.id()).count();
    }

    private Map<String, Object> client() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    /** Every gap on the topic; each must have its key and its time. */
    private List<Gap> gaps() {
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new TopicPartition(TopicName.CONNECTIONS.baseName(), number))
                .toList();
        List<Gap> gaps = new ArrayList<>();
        List<Integer> where = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofMillis(200))) {
                    WeirEvent event = new EventJson().read(found.value());
                    if (event instanceof Gap gap) {
                        assertThat(found.key()).asString(StandardCharsets.UTF_8).isEqualTo("gap");
                        assertThat(found.timestamp()).isEqualTo(gap.occurredAtMs());
                        gaps.add(gap);
                        where.add(found.partition());
                    }
                }
            }
        }
        assertThat(where).doesNotHaveDuplicates();
        return gaps;
    }

    private static void ask(Edge edge) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), edge.port())) {
            String request = "request=smtpd_access_policy\nprotocol_state=RCPT\nclient_address=203.0.113.7"
                    + "\nrecipient=user@example.com\n\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            assertThat(answer).isEqualTo("action=DUNNO");
        }
    }
}
