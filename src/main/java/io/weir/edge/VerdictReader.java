package io.weir.edge;

import io.weir.model.Verdict;
import io.weir.serde.MalformedVerdictException;
import io.weir.serde.VerdictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
 * Reads {@code smtp-verdicts} in its caller's thread.
 *
 * <p>Every edge needs every verdict, so there is no consumer group: all partitions are read, and nothing is committed. Only committed
 * transactions are seen. Not safe for several threads, {@link #wakeup()} excepted.
 */
public final class VerdictReader implements AutoCloseable {
    /** Where to begin. */
    public enum From {
        /** With all that is known. */
        BEGINNING,
        /** With what is decided from now on. */
        END
    }

    private static final Logger log = LoggerFactory.getLogger(VerdictReader.class);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> endAtStart;
    private final VerdictListener listener;
    private final AtomicLong malformed = new AtomicLong();

    /**
     * @param clientSettings Kafka's own; {@code bootstrap.servers} is required
     * @param topic full name, with its namespace
     * @param timeout how long each question to the cluster may take
     * @throws VerdictTopicException when the topic is not there or the cluster does not answer
     */
    public VerdictReader(
            Map<String, ?> clientSettings, String topic, From from, Duration timeout, VerdictListener listener) {
        this.listener = listener;
        String servers = String.valueOf(clientSettings.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
        this.consumer = open(settings(clientSettings, timeout), servers);
        try {
            this.partitions = partitions(topic, servers);
            consumer.assign(partitions);
            this.endAtStart = consumer.endOffsets(partitions);
            if (from == From.BEGINNING) {
                consumer.seekToBeginning(partitions);
            } else {
                endAtStart.forEach(consumer::seek);
            }
        } catch (TimeoutException e) {
            consumer.close();
            throw new VerdictTopicException(
                    "Kafka at " + servers + " did not answer within " + timeout.toSeconds()
                            + " s; is it running, and is bootstrap.servers right?",
                    e);
        } catch (RuntimeException e) {
            consumer.close();
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
     * Hands what has arrived to the listener.
     *
     * @param timeout how long to wait when there is nothing
     * @return how many records there were
     */
    public int poll(Duration timeout) {
        int count = 0;
        for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(timeout)) {
            take(polled);
            count++;
        }
        return count;
    }

    private void take(ConsumerRecord<byte[], byte[]> polled) {
        if (polled.key() == null) { // impossible while the topic is compacted, and no reason to stop when it is not
            skip(polled, "it has no key");
            return;
        }
        String client = new String(polled.key(), StandardCharsets.UTF_8);
        try {
            Verdict verdict = polled.value() == null ? null : VerdictJson.read(polled.value());
            listener.verdict(client, verdict);
        } catch (MalformedVerdictException e) {
            skip(polled, e.getMessage());
        }
    }

    /** A verdict that cannot be read is one that is not obeyed: its sender's mail passes. */
    private void skip(ConsumerRecord<byte[], byte[]> polled, @Nullable String why) {
        malformed.incrementAndGet();
        log.warn(
                "verdict skipped topic={} partition={} offset={}: {}",
                polled.topic(),
                polled.partition(),
                polled.offset(),
                why);
    }

    /** Whether everything has been read that was there when this reader began. */
    public boolean caughtUp() {
        return isAt(endAtStart);
    }

    /**
     * Reads on until every partition is read up to the given offsets; what lies beyond an open transaction is not there.
     *
     * @return false when that took longer than {@code timeout}
     */
    public boolean readTo(Map<TopicPartition, Long> offsets, Duration timeout) {
        long begin = System.nanoTime();
        while (!isAt(offsets)) {
            if (System.nanoTime() - begin > timeout.toNanos()) {
                return false;
            }
            poll(Duration.ofMillis(20));
        }
        return true;
    }

    /** The ends of what is committed now, by partition. */
    public Map<TopicPartition, Long> ends() {
        return consumer.endOffsets(partitions);
    }

    /** Whether every partition is read up to the given offsets. */
    public boolean isAt(Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Records that could not be understood so far; any thread may ask. */
    public long malformed() {
        return malformed.get();
    }

    /** Makes a {@link #poll} under way, or else the next one, throw {@link org.apache.kafka.common.errors.WakeupException}; from any thread. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
