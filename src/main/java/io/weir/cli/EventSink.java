package io.weir.cli;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Writes records to a topic in order: what is written of a partition when it all ends too soon is a beginning, without a hole. */
final class EventSink implements AutoCloseable {
    private static final int MOST_PENDING = 10_000;
    private static final int LINGER_MS = 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final ArrayDeque<Future<RecordMetadata>> pending = new ArrayDeque<>();

    EventSink(Cluster cluster, String topic) {
        this.producer = cluster.producer(Map.of(
                "linger.ms",
                LINGER_MS,
                "compression.type",
                "lz4",
                "batch.size",
                256 * 1024,
                // A broker that has just started may refuse a batch and take the next one.
                "max.in.flight.requests.per.connection",
                1));
        this.topic = topic;
    }

    /** The record's topic is this one. */
    void send(ProducerRecord<byte[], byte[]> record) {
        if (pending.size() == MOST_PENDING) {
            settle();
        }
        pending.add(producer.send(record));
    }

    /** Waits until everything is written. */
    void flush() {
        producer.flush();
        while (!pending.isEmpty()) {
            settle();
        }
    }

    private void settle() {
        try {
            pending.remove().get();
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
