package io.weir.cli;

import io.weir.model.ConnectionEvent;
import io.weir.serde.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Writes events to a topic in order, each under its own time, and remembers where the last of each partition lies. */
final class EventSink implements AutoCloseable {
    private static final int MOST_PENDING = 10_000;
    private static final int LINGER_MS = 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final EventJson json = new EventJson();
    private final ArrayDeque<Future<RecordMetadata>> pending = new ArrayDeque<>();
    private final Map<TopicPartition, Long> last = new HashMap<>();

    EventSink(Cluster cluster, String topic) {
        this.producer = cluster.producer(Map.of("linger.ms", LINGER_MS, "compression.type", "lz4"));
        this.topic = topic;
    }

    void send(ConnectionEvent event) {
        if (pending.size() == MOST_PENDING) {
            settle();
        }
        byte[] key = event.sender().network().getBytes(StandardCharsets.UTF_8);
        pending.add(producer.send(new ProducerRecord<>(topic, null, event.occurredAtMs(), key, json.write(event))));
    }

    /** Waits until everything is written; partitions without an event are not in the answer. */
    Map<TopicPartition, Long> lastOffsets() {
        producer.flush();
        while (!pending.isEmpty()) {
            settle();
        }
        return Map.copyOf(last);
    }

    private void settle() {
        try {
            RecordMetadata written = pending.remove().get();
            last.merge(new TopicPartition(written.topic(), written.partition()), written.offset(), Math::max);
        } catch (ExecutionException e) {
            throw CommandException.failed("writing to " + topic + " failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted while writing to " + topic, e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
