package io.weir.mta;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.broker.EmbeddedBroker;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.edge.Edge;
import io.weir.model.BrakeChange;
import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.Verdict;
import io.weir.serde.EventJson;
import io.weir.serde.VerdictJson;
import io.weir.throttle.Reason;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker, an edge, and the pen that writes verdicts in the engine's place. */
final class EdgeBed implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final int PARTITIONS = 2;

    private final Map<String, String> settings = new HashMap<>();
    private final Clock clock;
    private EmbeddedBroker broker;
    private Edge edge;

    EdgeBed(Path directory, Map<String, String> more) {
        this(directory, more, Clock.systemUTC());
    }

    /** @param clock the edge's */
    EdgeBed(Path directory, Map<String, String> more, Clock clock) {
        this.clock = clock;
        this.broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(directory.resolve("broker")));
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("data.dir", directory.toString());
        settings.put("edge.name", "mx1.example.com");
        settings.put("edge.policy.port", "0");
        settings.put("help.url", "https://postmaster.example.com/help");
        settings.putAll(more);
        createTopics();
    }

    private void createTopics() {
        try (TopicAdmin topics = new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()), PATIENCE)) {
            topics.apply(TopicOptions.embedded("", PARTITIONS)
                    .apply(TopicFiles.onClasspath().read()));
        }
    }

    Edge startEdge() {
        WeirConfig config = WeirConfig.of(settings);
        edge = Edge.start(config, SiteSecret.readOrCreate(config.siteSecretFile()), new SimpleMeterRegistry(), clock);
        // The next one listens where this one did: the MTA knows no other place.
        settings.put("edge.policy.port", Integer.toString(edge.port()));
        return edge;
    }

    /** All settings, with more. */
    WeirConfig config(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(more);
        return WeirConfig.of(all);
    }

    Edge edge() {
        return edge;
    }

    void stopBroker() {
        broker.close();
    }

    void startBroker() {
        broker = EmbeddedBroker.start(broker.options());
    }

    /** As the engine would, for a surge. */
    void throttle(String client, Mode mode, double admit) throws Exception {
        throttle(client, Reason.VOLUME_SURGE, mode, admit);
    }

    void throttle(String client, Reason reason, Mode mode, double admit) throws Exception {
        long now = clock.millis();
        Verdict verdict = new Verdict(
                client,
                Verdict.Action.THROTTLE,
                mode,
                admit,
                451,
                reason.enhancedStatusCode(),
                reason.as(),
                reason.id(),
                "K7Q2MKX4A9PD31WZ",
                3_600_000,
                4_200,
                300,
                600,
                List.of(),
                now,
                now + 900_000,
                now,
                "c0ffee12");
        write(client, VerdictJson.write(verdict));
    }

    /** The engine's tombstone. */
    void forget(String client) throws Exception {
        write(client, null);
    }

    private void write(String client, byte[] value) throws Exception {
        Map<String, Object> producer = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> pen =
                new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer())) {
            pen.send(new ProducerRecord<>(
                            TopicName.VERDICTS.baseName(), client.getBytes(StandardCharsets.UTF_8), value))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    /** Every event of a connection on the topic, in the order of the partitions. */
    List<ConnectionEvent> events() {
        List<ConnectionEvent> connections = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> found : records()) {
            if (new EventJson().read(found.value()) instanceof ConnectionEvent event) {
                if (found.timestamp() != event.occurredAtMs()
                        || !new String(found.key(), StandardCharsets.UTF_8)
                                .equals(event.sender().network())) {
                    throw new AssertionError("key or time of " + event);
                }
                connections.add(event);
            }
        }
        return connections;
    }

    /** What the edge told of its brake. */
    List<BrakeChange> brakes() {
        List<BrakeChange> brakes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> found : records()) {
            if (new EventJson().read(found.value()) instanceof BrakeChange change) {
                brakes.add(change);
            }
        }
        return brakes;
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new TopicPartition(TopicName.CONNECTIONS.baseName(), i));
        }
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    List<ConnectionEvent> eventsOf(String client) {
        return events().stream()
                .filter(event -> event.clientAddress().equals(client))
                .toList();
    }

    @Override
    public void close() {
        if (edge != null) {
            edge.close();
        }
        broker.close();
    }
}
