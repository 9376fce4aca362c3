package io.weir.edge;

import io.weir.edge.EventSpool.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to Kafka so that within a partition none is there before one with a lower number: the engine knows an edge's highest number, and
 * drops what comes after it as sent before. For one thread.
 */
final class EventProducer {
    /** All that is handed over at once in one batch for each partition: so the broker takes or refuses a partition's events together. */
    private static final int BATCH_BYTES = 256 * 1024;
    /** Of values handed over at once: with the rest of their records surely less than {@link #BATCH_BYTES}. */
    private static final int MOST_BYTES = 160 * 1024;
    /** Longer than it takes to hand a batch over; the flush then sends it. */
    private static final int LINGER_MS = 1_000;

    private static final int DELIVERY_MS = 15_000;

    private final Supplier<Producer<byte[], byte[]>> connect;
    private final String topic;
    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param clientSettings Kafka's own; {@code bootstrap.servers} is required
     * @param topic full name, with its namespace
     */
    EventProducer(Map<String, Object> clientSettings, String topic) {
        this(connector(settings(clientSettings)), topic);
    }

    /** @param connect makes producers; called again whenever one has been dropped */
    EventProducer(Supplier<Producer<byte[], byte[]>> connect, String topic) {
        this.connect = connect;
        this.topic = topic;
    }

    private static Supplier<Producer<byte[], byte[]>> connector(Map<String, Object> settings) {
        return () -> new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> settings(Map<String, Object> given) {
        Map<String, Object> settings = new HashMap<>(given);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // With more, a batch that is refused while the next one is taken may never be taken again.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MS / 3);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        return settings;
    }

    /**
     * Hands over the first of the entries, and waits until it is known what becomes of them. Ends at one that failed at once, as all do while
     * Kafka is away: should it be back a moment later, those behind would overtake it.
     *
     * @return what became of as many as were handed over, at least one
     */
    List<Future<RecordMetadata>> handOver(List<Entry> entries) {
        Producer<byte[], byte[]> to = producer();
        List<Future<RecordMetadata>> answers = new ArrayList<>(entries.size());
        long bytes = 0;
        for (Entry entry : entries) {
            bytes += entry.value().length;
            if (bytes > MOST_BYTES && !answers.isEmpty()) {
                break;
            }
            Future<RecordMetadata> answer = to.send(new ProducerRecord<>(
                    topic, null, entry.atMs(), entry.key().getBytes(StandardCharsets.UTF_8), entry.value()));
            answers.add(answer);
            if (answer.isDone()) {
                break;
            }
        }
        to.flush();
        return answers;
    }

    private Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> known = producer;
        if (known == null) {
            known = connect.get();
            producer = known;
        }
        return known;
    }

    /** Begins anew with the next entries. */
    void drop() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
