package io.weir.edge;

import io.weir.edge.VerdictReader.From;
import io.weir.serde.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads whole topics in its caller's thread.
 *
 * <p>Every edge needs every record, so there is no consumer group: all partitions are read, and nothing is committed. Only committed
 * transactions are seen. Not safe for several threads, {@link #wakeup()} excepted.
 */
final class TopicReader implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicReader.class);

    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final Map<TopicPartition, Long> endAtStart;
    private final Map<String, Taker> takers;
    private final AtomicLong malformed = new AtomicLong();

    /** Takes the records of one topic, in the order of each partition. */
    @FunctionalInterface
    interface Taker {
        /**
         * @param value null for a tombstone
         * @throws MalformedRecordException when the value cannot be understood: it is then skipped, counted and logged
         */
        void take(String key, byte @Nullable [] value);
    }

    /**
     * @param clientSettings Kafka's own; {@code bootstrap.servers} is required
     * @param takers by the topic's full name, with its namespace
     * @param timeout how long each question to the cluster may take
     * @throws VerdictTopicException when a topic is not there or the cluster does not answer
     */
    TopicReader(Map<String, ?> clientSettings, Map<String, Taker> takers, From from, Duration timeout) {
        this.takers = Map.copyOf(takers);
        String servers = String.valueOf(clientSettings.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.consumer = open(settings(clientSettings, timeout), servers);
        try {
            takers.keySet().forEach(topic -> partitions.addAll(partitions(topic, servers)));
            consumer.assign(partitions);
            this.endAtStart = consumer.endOffsets(partitions);
            if (from == From.BEGINNING) {
                consumer.seekToBeginning(partitions);
            } else {
                endAtStart.forEach(consumer::seek);
            }
        } catch (TimeoutException e) {
            close();
            throw new VerdictTopicException(
                    "Kafka at " + servers + " did not answer within " + timeout.toSeconds()
                            + " s; is it running, and is bootstrap.servers right?",
                    e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Map<String, Object> settings(Map<String, ?> clientSettings, Duration timeout) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Compaction may have taken the offset away that we are at: what follows it is what counts.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
        return settings;
    }

    private static KafkaConsumer<byte[], byte[]> open(Map<String, Object> settings, String servers) {
        try {
            return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new VerdictTopicException("cannot connect to Kafka at " + servers + ": " + reason.getMessage(), e);
        }
    }

    private List<TopicPartition> partitions(String topic, String servers) {
        List<PartitionInfo> infos = consumer.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
            throw new VerdictTopicException(
                    "Kafka at " + servers + " has no topic " + topic + "; `weir topics apply` creates it");
        }
        return infos.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /**
     * Hands over what has arrived.
     *
     * @param timeout how long to wait when there is nothing
     * @return how many records there were
     */
    int poll(Duration timeout) {
        int count = 0;
        for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(timeout)) {
            take(polled);
            count++;
        }
        return count;
    }

    private void take(ConsumerRecord<byte[], byte[]> polled) {
        Taker taker = takers.get(polled.topic());
        if (taker == null
                || polled.key()
                        == null) { // impossible while the topic is compacted, and no reason to stop when it is not
            skip(polled, "it has no key");
            return;
        }
        try {
            taker.take(new String(polled.key(), StandardCharsets.UTF_8), polled.value());
        } catch (MalformedRecordException e) {
            skip(polled, e.getMessage());
        }
    }

    /** What cannot be read is not obeyed: mail passes. */
    private void skip(ConsumerRecord<byte[], byte[]> polled, @Nullable String why) {
        malformed.incrementAndGet();
        log.warn(
                "record skipped topic={} partition={} offset={}: {}",
                polled.topic(),
                polled.partition(),
                polled.offset(),
                why);
    }

    /** Whether everything has been read that was there when this reader began. */
    boolean caughtUp() {
        return isAt(endAtStart);
    }

    /** The same of some of the topics, by their full names. */
    boolean caughtUp(Set<String> topics) {
        return endAtStart.entrySet().stream()
                .filter(end -> topics.contains(end.getKey().topic()))
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** The ends of what is committed now, by partition. */
    Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /** Whether every partition is read up to the given offsets. */
    boolean isAt(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Records that could not be understood so far; any thread may ask. */
    long malformed() {
        return malformed.get();
    }

    /** Makes a {@link #poll} under way, or else the next one, throw {@link org.apache.kafka.common.errors.WakeupException}; from any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    /** There is nothing to commit and no group to leave. */
    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE));
    }
}
