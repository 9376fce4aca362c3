package io.weir.edge;

import io.weir.model.Gap;
import io.weir.serde.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes gaps into every partition of {@code smtp-connections}, in a thread of its own, for as long as it takes. Not through the spool, which
 * knows keys and no partitions. Only the latest gap waits for Kafka: it is the one that counts.
 *
 * <p>Not in a transaction: written twice, a gap is still credited once, so that one that failed halfway is simply written again.
 */
final class GapWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GapWriter.class);

    private static final byte[] KEY = "gap".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int DELIVERY_MS = 15_000;
    private static final Duration ORDERLY = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final EventJson json = new EventJson();
    private final AtomicReference<@Nullable Gap> waiting = new AtomicReference<>();
    private final Map<String, Object> clientSettings;
    private final String topic;
    private final EdgeMeters meters;
    private final Thread thread;
    private volatile boolean closing;
    private boolean failing;

    GapWriter(Map<String, Object> clientSettings, String topic, EdgeMeters meters) {
        this.clientSettings = settings(clientSettings);
        this.topic = topic;
        this.meters = meters;
        this.thread = new Thread(this::run, "edge-gap-writer");
        thread.setDaemon(true);
    }

    private static Map<String, Object> settings(Map<String, Object> given) {
        Map<String, Object> settings = new HashMap<>(given);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MS / 3);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        return settings;
    }

    void start() {
        thread.start();
    }

    /** Never waits. */
    void write(Gap gap) {
        waiting.set(gap);
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closing) {
            Gap gap = waiting.get();
            if (gap == null) {
                LockSupport.parkNanos(PAUSE.toNanos());
            } else {
                deliver(gap);
            }
        }
    }

    private void deliver(Gap gap) {
        try {
            int partitions = send(gap);
            waiting.compareAndSet(gap, null);
            failing = false;
            meters.gapWritten();
            log.info(
                    "no mail from {} to {}: gap written in {} partitions",
                    Instant.ofEpochMilli(gap.fromMs()),
                    Instant.ofEpochMilli(gap.toMs()),
                    partitions);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        } catch (InvalidTimestampException e) {
            waiting.compareAndSet(gap, null);
            log.warn("Kafka refuses a gap, which is dropped: {}", e.getMessage());
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** With a producer of its own: gaps are months apart. */
    private int send(Gap gap) throws InterruptedException {
        byte[] value = json.write(gap);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(clientSettings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            List<Future<RecordMetadata>> answers = new ArrayList<>();
            for (PartitionInfo to : producer.partitionsFor(topic)) {
                answers.add(producer.send(new ProducerRecord<>(topic, to.partition(), gap.occurredAtMs(), KEY, value)));
            }
            for (Future<RecordMetadata> answer : answers) {
                await(answer);
            }
            return answers.size();
        } finally {
            // An interrupt has done its work by now, and closing does not bear one.
            boolean interrupted = Thread.interrupted();
            producer.close(Duration.ZERO);
            if (interrupted) {
                closing = true;
            }
        }
    }

    private static void await(Future<RecordMetadata> answer) throws InterruptedException {
        try {
            var unused = answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidTimestampException refused) {
                throw refused;
            }
            throw new KafkaException(e.getCause());
        }
    }

    private void failed(RuntimeException e) {
        if (!closing) {
            if (!failing) {
                failing = true;
                log.warn("a gap waits, Kafka does not take it: {}", e.toString());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(ORDERLY.toMillis());
            // It may be waiting for an answer that does not come.
            thread.interrupt();
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
