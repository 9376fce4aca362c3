package io.weir.cli;

import io.weir.config.CommonSettings;
import io.weir.config.EngineSettings;
import io.weir.config.PassThrough;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.topics.TopicAdmin;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The Kafka cluster a command works with: reached, or refused within bounded time. */
final class Cluster implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(200);
    /** How long a read may bring nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Offsets to look back at first. */
    private static final long TAIL = 100;

    private static final String KEPT_FOR_EVER = "-1";

    private final WeirConfig config;
    private final Admin admin;

    private Cluster(WeirConfig config, Admin admin) {
        this.config = config;
        this.admin = admin;
    }

    /**
     * Connects and asks for a first answer.
     *
     * @throws CommandException when there is none
     */
    static Cluster reach(WeirConfig config) {
        Admin admin = admin(config);
        Cluster cluster = new Cluster(config, admin);
        try {
            cluster.await(admin.describeCluster().nodes());
            return cluster;
        } catch (Throwable t) {
            cluster.close();
            throw t;
        }
    }

    private static Admin admin(WeirConfig config) {
        Map<String, Object> settings = client(config);
        settings.put("default.api.timeout.ms", (int) TIMEOUT.toMillis());
        settings.put("request.timeout.ms", (int) TIMEOUT.toMillis());
        try {
            return Admin.create(settings);
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw CommandException.unreachable(
                    "cannot connect to Kafka at " + config.bootstrapServers() + ": " + reason.getMessage(), e);
        }
    }

    WeirConfig config() {
        return config;
    }

    Admin admin() {
        return admin;
    }

    TopicAdmin topics() {
        return new TopicAdmin(client(config), TIMEOUT);
    }

    /** Belongs to no group and sees what is committed, from wherever it is told to read. */
    KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = client(config);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("default.api.timeout.ms", (int) TIMEOUT.toMillis());
        settings.putAll(config.passThrough(PassThrough.CONSUMER));
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Waits for every replica, and gives up in bounded time. */
    KafkaProducer<byte[], byte[]> producer(Map<String, ?> further) {
        Map<String, Object> settings = client(config);
        settings.put("acks", "all");
        settings.put("max.block.ms", TIMEOUT.toMillis());
        settings.putAll(further);
        settings.putAll(config.passThrough(PassThrough.PRODUCER));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * The partitions of a topic.
     *
     * @throws CommandException when there is no such topic
     */
    List<TopicPartition> partitions(String topic) {
        int count = await(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
        return IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /** Where each partition ends at this moment, as far as it is committed. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        await(admin.listOffsets(latest, committed).all())
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /** How many records a topic holds at this moment; marks of transactions count. */
    long records(String topic) {
        List<TopicPartition> partitions = partitions(topic);
        long ends = sum(ends(partitions));
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        partitions.forEach(partition -> earliest.put(partition, OffsetSpec.earliest()));
        Map<TopicPartition, Long> begins = new HashMap<>();
        await(admin.listOffsets(earliest).all()).forEach((partition, info) -> begins.put(partition, info.offset()));
        return ends - sum(begins);
    }

    /** The time of the oldest record of a topic, milliseconds since the epoch; -1 when there is none. */
    long oldestMs(String topic) {
        Map<TopicPartition, OffsetSpec> any = new HashMap<>();
        partitions(topic).forEach(partition -> any.put(partition, OffsetSpec.forTimestamp(0)));
        return await(admin.listOffsets(any).all()).values().stream()
                .filter(info -> info.offset() >= 0)
                .mapToLong(info -> info.timestamp())
                .min()
                .orElse(-1);
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Hands over every record of a topic up to where it ends now; those of one partition in their order. */
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        List<TopicPartition> partitions = partitions(topic);
        Map<TopicPartition, Long> ends = ends(partitions);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!hasReached(consumer, ends)) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                records.forEach(sink);
                if (!records.isEmpty()) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() > deadline) {
                    throw silent(new TimeoutException("no records of " + topic));
                }
            }
        }
    }

    static boolean hasReached(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /**
     * The time of the newest records of a topic, milliseconds since the epoch; -1 when there is none. The broker's own answer would not do:
     * it counts the markers of transactions, whose time is the time of day.
     */
    long newestMs(String topic) {
        List<TopicPartition> partitions = partitions(topic);
        Map<TopicPartition, Long> ends = ends(partitions);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            long newest = -1;
            for (TopicPartition partition : partitions) {
                long begin = begins.getOrDefault(partition, 0L);
                newest = Math.max(newest, newestMs(consumer, partition, begin, ends.getOrDefault(partition, 0L)));
            }
            return newest;
        }
    }

    /** Looks at the last few records, and further back while there are but markers. */
    private long newestMs(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long begin, long end) {
        consumer.assign(List.of(partition));
        long newest = -1;
        for (long tail = TAIL; newest < 0 && end - tail / TAIL >= begin; tail *= TAIL) {
            consumer.seek(partition, Math.max(begin, end - tail));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
                    newest = Math.max(newest, found.timestamp());
                }
                if (System.nanoTime() > deadline) {
                    throw silent(new TimeoutException("no records of " + partition));
                }
            }
        }
        return newest;
    }

    /** A setting of a topic that is in effect. */
    String topicSetting(String topic, String key) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        for (Config config :
                await(admin.describeConfigs(List.of(resource)).all()).values()) {
            ConfigEntry entry = config.get(key);
            if (entry != null && entry.value() != null) {
                return entry.value();
            }
        }
        return "";
    }

    boolean hasTopic(String topic) {
        return await(admin.listTopics().names()).contains(topic);
    }

    /** How many brokers there are. */
    int brokers() {
        return await(admin.describeCluster().nodes()).size();
    }

    /** How far a group has come; partitions of which it has committed nothing are missing. */
    Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    /** Whether the namespace's events may lie anywhere in the past, as a replay has set it up; false when there are no topics yet. */
    boolean holdsHistory() {
        String connections = TopicName.CONNECTIONS.in(config.namespace());
        return hasTopic(connections) && KEPT_FOR_EVER.equals(topicSetting(connections, "retention.ms"));
    }

    /** These settings, fit for what the namespace holds: live ones would delete a past that a replay has left within minutes. */
    WeirConfig fitting() {
        return holdsHistory() ? config.with(Map.of(EngineSettings.RETENTION_BY_RECORD_TIME, "false")) : config;
    }

    /** Waits for an answer; a failure becomes a line for the user. */
    <T> T await(KafkaFuture<T> future) {
        try {
            // The client's own timeout comes first; this one guards against its failing.
            return future.get(2 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted while waiting for Kafka", e);
        }
    }

    private CommandException failure(Throwable reason) {
        if (reason instanceof org.apache.kafka.common.errors.TimeoutException) {
            return silent(reason);
        }
        if (reason instanceof UnknownTopicOrPartitionException) {
            String of = config.namespace().isEmpty() ? "" : " in namespace " + config.namespace();
            return CommandException.failed(
                    "Kafka at " + config.bootstrapServers() + " lacks topics of Weir" + of
                            + "; 'weir topics apply' creates them",
                    reason);
        }
        if (reason instanceof AuthorizationException) {
            return CommandException.failed(
                    "Kafka at " + config.bootstrapServers() + " does not let this user do that: " + reason.getMessage()
                            + " deploy/acls/ lists what each kind of user needs",
                    reason);
        }
        return CommandException.failed("Kafka at " + config.bootstrapServers() + ": " + reason.getMessage(), reason);
    }

    private CommandException silent(Throwable reason) {
        return CommandException.unreachable(
                "Kafka at " + config.bootstrapServers() + " did not answer within " + TIMEOUT.toSeconds()
                        + " s; is it running, and is " + CommonSettings.BOOTSTRAP_SERVERS + " right?",
                reason);
    }

    private static Map<String, Object> client(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>(config.passThrough(PassThrough.KAFKA));
        settings.put("bootstrap.servers", config.bootstrapServers());
        settings.put("enable.metrics.push", "false");
        return settings;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
