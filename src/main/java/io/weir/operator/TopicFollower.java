package io.weir.operator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads whole topics, or their ends, and what comes after, in a thread of its own, for as long as it takes: it may begin before Kafka does, and
 * begins anew when it was cut off. Belongs to no group, commits nothing, and sees committed transactions alone.
 */
final class TopicFollower implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(1);
    private static final long JOIN_MS = 3_000;

    private final Map<String, Object> settings;
    private final List<String> topics;
    private final long tail;
    private final Sink sink;
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /** Whom the records are handed to, by one thread. */
    interface Sink {
        /** What was handed over before is void: all comes anew. */
        void begin();

        /** The records of each partition come in their order. */
        void take(ConsumerRecord<byte[], byte[]> found);

        /**
         * Every so often, and after all that has arrived was taken.
         *
         * @param isWhole whether all has been taken that was there when this began
         */
        void taken(boolean isWhole);

        /** Kafka is not there, or says no; it is tried again. */
        void cutOff(Throwable why);
    }

    /**
     * Begins to read.
     *
     * @param clientSettings Kafka's own; {@code bootstrap.servers} is required
     * @param topics full names, with their namespace
     * @param tail how many offsets of each partition to look back at; 0: from its beginning
     */
    TopicFollower(String name, Map<String, ?> clientSettings, List<String> topics, long tail, Sink sink) {
        this.settings = settings(clientSettings);
        this.topics = List.copyOf(topics);
        this.tail = tail;
        this.sink = sink;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static Map<String, Object> settings(Map<String, ?> clientSettings) {
        Map<String, Object> settings = new HashMap<>(clientSettings);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        return settings;
    }

    private void run() {
        while (!closing) {
            try (KafkaConsumer<byte[], byte[]> opened =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                consumer = opened;
                try {
                    follow(opened);
                } finally {
                    consumer = null;
                    opened.close(CloseOptions.timeout(CLOSE));
                }
            } catch (WakeupException e) {
                log.debug("woken up to close");
            } catch (RuntimeException e) {
                if (!closing) {
                    sink.cutOff(e);
                    pause();
                }
            }
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> from) {
        List<TopicPartition> partitions = new ArrayList<>();
        topics.forEach(topic -> partitions.addAll(partitions(from, topic)));
        from.assign(partitions);
        Map<TopicPartition, Long> ends = from.endOffsets(partitions);
        if (tail == 0) {
            from.seekToBeginning(partitions);
        } else {
            Map<TopicPartition, Long> begins = from.beginningOffsets(partitions);
            ends.forEach(
                    (partition, end) -> from.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - tail)));
        }
        sink.begin();
        boolean isWhole = false;
        while (!closing) {
            from.poll(POLL).forEach(sink::take);
            isWhole =
                    isWhole || ends.entrySet().stream().allMatch(end -> from.position(end.getKey()) >= end.getValue());
            sink.taken(isWhole);
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> from, String topic) {
        List<PartitionInfo> infos = from.partitionsFor(topic);
        if (infos == null || infos.isEmpty()) {
            throw new KafkaException("there is no topic " + topic + "; 'weir topics apply' creates it");
        }
        return infos.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(JOIN_MS);
            thread.interrupt();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
