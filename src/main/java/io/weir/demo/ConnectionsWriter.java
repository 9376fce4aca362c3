package io.weir.demo;

import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.Amendment;
import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.model.RulesChange;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes events as edges do, and control records as an operator's tools do; knows how far it has written. */
final class ConnectionsWriter implements AutoCloseable {
    private static final byte[] RULES_KEY = "rules".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GAP_KEY = "gap".getBytes(StandardCharsets.US_ASCII);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String connections;
    private final String rules;
    private final int partitions;
    private final EventJson json = new EventJson();
    private final Map<Integer, Long> ends = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    ConnectionsWriter(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>(Clients.settings(config));
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.connections = TopicName.CONNECTIONS.in(config.namespace());
        this.rules = TopicName.RULES.in(config.namespace());
        this.partitions = config.brokerPartitions();
    }

    void write(WeirEvent event) {
        byte[] value = json.write(event);
        long atMs = event.occurredAtMs();
        if (event instanceof ConnectionEvent connection) {
            byte[] key = connection.sender().network().getBytes(StandardCharsets.UTF_8);
            send(new ProducerRecord<>(connections, null, atMs, key, value));
        } else if (event instanceof RulesChange) {
            everywhere(atMs, RULES_KEY, value);
            send(new ProducerRecord<>(rules, null, atMs, RULES_KEY, value));
        } else if (event instanceof Gap) {
            everywhere(atMs, GAP_KEY, value);
        } else if (event instanceof Amendment) {
            throw new IllegalArgumentException("nobody amends anything in the demo");
        }
    }

    private void everywhere(long atMs, byte[] key, byte[] value) {
        for (int partition = 0; partition < partitions; partition++) {
            send(new ProducerRecord<>(connections, partition, atMs, key, value));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> event) {
        // The callback learns what the future would tell.
        Future<RecordMetadata> unused = producer.send(event, this::sent);
    }

    private void sent(@Nullable RecordMetadata where, @Nullable Exception e) {
        if (e != null) {
            failure.compareAndSet(null, e);
        } else if (where != null && where.topic().equals(connections)) {
            ends.merge(where.partition(), where.offset() + 1, Math::max);
        }
    }

    /** Returns when everything is written. */
    void flush() {
        producer.flush();
        Exception e = failure.get();
        if (e != null) {
            throw new DemoException("the broker does not take events: " + e.getMessage(), e);
        }
    }

    /** The offset after the last event, by partition; those without events are missing. */
    Map<Integer, Long> ends() {
        return Map.copyOf(ends);
    }

    @Override
    public void close() {
        producer.close();
    }
}
