package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.broker.EmbeddedBroker;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.awaitility.Awaitility;

/** One namespace on a broker: its topics, the engines that run in it, and what they leave behind. */
final class EngineBed implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String bootstrap;
    private final String namespace;
    private final Path dir;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> unsent = new AtomicReference<>();
    private final EngineTopics topics;

    EngineBed(EmbeddedBroker broker, String namespace, Path dir, int partitions) throws Exception {
        this.bootstrap = broker.bootstrapServers();
        this.namespace = namespace;
        this.dir = dir;
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "linger.ms",
                        5,
                        "delivery.timeout.ms",
                        180_000,
                        "request.timeout.ms",
                        15_000,
                        // A broker that has just started may refuse a batch and take the next one; then it never takes
                        // the first.
                        "max.in.flight.requests.per.connection",
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.topics = EngineTopics.of(config(Map.of()));
        // The events are of the past: by its timestamps the broker would delete them at once.
        Map<String, String> forever = Map.of("retention.ms", "-1");
        List<NewTopic> wanted = new ArrayList<>();
        for (String topic : List.of(topics.connections(), topics.verdicts())) {
            wanted.add(new NewTopic(topic, partitions, (short) 1).configs(forever));
        }
        for (String topic : List.of(topics.deadLetters(), topics.rules())) {
            wanted.add(new NewTopic(topic, 1, (short) 1).configs(forever));
        }
        admin.createTopics(wanted).all().get(30, TimeUnit.SECONDS);
        // Answered by the leader of each partition. A broker that does not know yet that it leads refuses an idempotent
        // producer's first
        // batch, may take the second, and then never takes the first.
        for (NewTopic topic : wanted) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .untilAsserted(() -> assertThat(ends(topic.name())).isNotEmpty());
        }
    }

    EngineTopics topics() {
        return topics;
    }

    Admin admin() {
        return admin;
    }

    /** Each application id has its state in a directory of its own. */
    WeirConfig config(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("namespace", namespace);
        settings.put("data.dir", dir.toString());
        settings.put("engine.retention.by.record.time", "false");
        settings.put("engine.rocksdb.bytes", Integer.toString(32 * 1024 * 1024));
        settings.put("engine.record.cache.bytes", Integer.toString(16 * 1024 * 1024));
        settings.put("streams.heartbeat.interval.ms", "500");
        settings.put("streams.replication.factor", "1");
        settings.putAll(more);
        settings.putIfAbsent(
                "engine.state.dir",
                dir.resolve(settings.getOrDefault("engine.application.id", "weir-engine"))
                        .toString());
        return WeirConfig.of(settings);
    }

    WeirEngine engine(Map<String, String> more) throws InterruptedException {
        WeirEngine engine = unstarted(config(more));
        engine.start();
        boolean ready = engine.awaitReady(PATIENCE);
        if (!ready) {
            engine.close();
        }
        assertThat(ready).as("ready within %s: %s", PATIENCE, engine.failure()).isTrue();
        return engine;
    }

    static WeirEngine unstarted(WeirConfig config) {
        return new WeirEngine(
                config,
                // One secret for all namespaces of a test: its case ids can be compared.
                SiteSecret.readOrCreate(config.dataDirectory().resolve("site.secret")),
                new SimpleMeterRegistry(),
                System::currentTimeMillis);
    }

    void send(TestLoad load) {
        load.forEach(item -> send(item.key().getBytes(StandardCharsets.UTF_8), item.value(), item.atMs(), null));
        flush();
    }

    void send(WeirEvent... events) {
        for (WeirEvent event : events) {
            send(
                    TopologyFixture.key(event).getBytes(StandardCharsets.UTF_8),
                    new EventJson().write(event),
                    event.occurredAtMs(),
                    null);
        }
        flush();
    }

    void send(byte[] key, byte[] value, long atMs, Integer partition) {
        var unused = producer.send(
                new ProducerRecord<>(topics.connections(), partition, atMs, key, value), (written, failure) -> {
                    if (failure != null) {
                        unsent.compareAndSet(null, failure);
                    }
                });
    }

    /** A control record: into every partition. */
    void sendToAll(WeirEvent control) throws Exception {
        for (TopicPartition partition : ends(topics.connections()).keySet()) {
            send(
                    "rules".getBytes(StandardCharsets.UTF_8),
                    new EventJson().write(control),
                    control.occurredAtMs(),
                    partition.partition());
        }
        flush();
    }

    /** Waits until everything is written; what was not would show as a difference of states. */
    void flush() {
        producer.flush();
        assertThat(unsent.get()).as("a record that could not be written").isNull();
    }

    /** Waits until the group has committed everything that is on smtp-connections now. */
    void awaitJudged(WeirConfig config) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .untilAsserted(() -> assertThat(lag(config)).isZero());
    }

    long lag(WeirConfig config) throws Exception {
        Map<TopicPartition, Long> ends = ends(topics.connections());
        Map<TopicPartition, OffsetAndMetadata> committed = switch (config.groupProtocol()) {
            case CLASSIC ->
                admin.listConsumerGroupOffsets(config.applicationId())
                        .partitionsToOffsetAndMetadata()
                        .get(10, TimeUnit.SECONDS);
            case STREAMS ->
                admin.listStreamsGroupOffsets(Map.of(config.applicationId(), new ListStreamsGroupOffsetsSpec()))
                        .partitionsToOffsetAndMetadata(config.applicationId())
                        .get(10, TimeUnit.SECONDS);
        };
        long lag = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata done = committed.get(end.getKey());
            lag += end.getValue() - (done == null ? 0 : done.offset());
        }
        return lag;
    }

    /** Verdicts of each client in their order, tombstones left out. */
    Map<String, List<String>> verdicts() throws Exception {
        Map<String, List<String>> byClient = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : read(topics.verdicts())) {
            if (record.value() != null) {
                byClient.computeIfAbsent(text(record.key()), client -> new ArrayList<>())
                        .add(text(record.value()));
            }
        }
        return byClient;
    }

    /** Two applications have judged the topic one after the other: each client must have the same verdicts twice. */
    Map<String, List<String>> verdictsOfEachOfTwo() throws Exception {
        Map<String, List<String>> once = new TreeMap<>();
        verdicts().forEach((client, both) -> {
            int half = both.size() / 2;
            assertThat(both.subList(half, both.size())).as(client).isEqualTo(both.subList(0, half));
            once.put(client, both.subList(0, half));
        });
        return once;
    }

    /** The committed state of an application: the last value of every key in every partition of every changelog. */
    Map<String, Bytes> state(WeirConfig config) throws Exception {
        Map<String, Bytes> state = new LinkedHashMap<>();
        for (String store : List.of(
                StoreNames.SENDERS,
                StoreNames.CONTROLS,
                StoreNames.OPEN_VERDICTS,
                StoreNames.TRAFFIC,
                StoreNames.VERDICT_HISTORY)) {
            for (ConsumerRecord<byte[], byte[]> record : read(config.applicationId() + "-" + store + "-changelog")) {
                String key = store + "/" + record.partition() + "/" + Bytes.wrap(record.key());
                if (record.value() == null) {
                    state.remove(key);
                } else {
                    state.put(key, Bytes.wrap(record.value()));
                }
            }
        }
        return new TreeMap<>(state);
    }

    /** The committed states of an application's senders and networks, whatever their partition. */
    Map<Bytes, Bytes> senders(WeirConfig config) throws Exception {
        Map<Bytes, Bytes> states = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                read(config.applicationId() + "-" + StoreNames.SENDERS + "-changelog")) {
            if (record.value() == null) {
                states.remove(Bytes.wrap(record.key()));
            } else {
                states.put(Bytes.wrap(record.key()), Bytes.wrap(record.value()));
            }
        }
        return states;
    }

    /** Everything committed on a topic. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) throws Exception {
        Map<TopicPartition, Long> ends = ends(topic);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrap, "isolation.level", "read_committed", "auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                        return isAtEnd(consumer, ends);
                    });
        }
        return records;
    }

    private static boolean isAtEnd(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private Map<TopicPartition, Long> ends(String topic) throws Exception {
        List<TopicPartition> partitions = new ArrayList<>();
        int count = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get(10, TimeUnit.SECONDS)
                .get(topic)
                .partitions()
                .size();
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int i = 0; i < count; i++) {
            partitions.add(new TopicPartition(topic, i));
        }
        partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> entry :
                admin.listOffsets(wanted).all().get(10, TimeUnit.SECONDS).entrySet()) {
            ends.put(entry.getKey(), entry.getValue().offset());
        }
        return ends;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        admin.close(Duration.ofSeconds(5));
    }
}
