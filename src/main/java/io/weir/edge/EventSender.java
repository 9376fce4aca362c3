package io.weir.edge;

import io.weir.edge.EventSpool.Entry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the spool to Kafka in their order, in a thread of its own, for as long as it takes. An event is forgotten when Kafka has it;
 * what was sent and not confirmed is sent again under the same number, which the engine counts once.
 */
final class EventSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventSender.class);

    private static final int BATCH = 1_000;
    private static final Duration IDLE = Duration.ofMillis(20);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int DELIVERY_MS = 15_000;
    private static final Duration ORDERLY = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final EventSpool spool;
    private final Map<String, Object> clientSettings;
    private final String topic;
    private final EdgeMeters meters;
    private final Thread thread;
    private volatile boolean closing;
    private boolean failing;
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    EventSender(EventSpool spool, Map<String, Object> clientSettings, String topic, EdgeMeters meters) {
        this.spool = spool;
        this.clientSettings = settings(clientSettings);
        this.topic = topic;
        this.meters = meters;
        this.thread = new Thread(this::run, "edge-event-sender");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private static Map<String, Object> settings(Map<String, Object> given) {
        Map<String, Object> settings = new HashMap<>(given);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // With more, a batch that is refused while the next one is taken may never be taken again.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_MS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MS / 3);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        return settings;
    }

    private void run() {
        while (!closing) {
            try {
                List<Entry> waiting = spool.after(spool.taken(), BATCH);
                if (waiting.isEmpty()) {
                    LockSupport.parkNanos(IDLE.toNanos());
                } else {
                    send(waiting);
                }
            } catch (RuntimeException e) {
                failed(e);
            }
        }
        dropProducer();
    }

    private void send(List<Entry> waiting) {
        KafkaProducer<byte[], byte[]> to = producer();
        List<Future<RecordMetadata>> answers = new ArrayList<>(waiting.size());
        for (Entry entry : waiting) {
            answers.add(to.send(new ProducerRecord<>(
                    topic, null, entry.atMs(), entry.key().getBytes(StandardCharsets.UTF_8), entry.value())));
        }
        to.flush();
        int settled = 0;
        try {
            while (settled < answers.size() && isSettled(answers.get(settled))) {
                settled++;
            }
        } finally {
            spool.taken(waiting.subList(0, settled));
        }
        if (failing) {
            failing = false;
            log.info("Kafka takes events again; {} wait", spool.waiting());
        }
    }

    /** True when Kafka has it, or will never take it. */
    private boolean isSettled(Future<RecordMetadata> answer) {
        try {
            var unused = answer.get();
            meters.eventWritten();
            return true;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof InvalidTimestampException || cause instanceof RecordTooLargeException) {
                meters.eventsDropped("refused", 1);
                log.warn("Kafka refuses an event, which is dropped: {}", cause.getMessage());
                return true;
            }
            throw new KafkaException(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
            return false;
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> known = producer;
        if (known == null) {
            known = new KafkaProducer<>(clientSettings, new ByteArraySerializer(), new ByteArraySerializer());
            producer = known;
        }
        return known;
    }

    /** Whatever it was, it begins anew with what is still in the spool. */
    private void failed(RuntimeException e) {
        dropProducer();
        if (!closing) {
            if (!failing) {
                failing = true;
                log.warn("events wait on disk, Kafka does not take them: {}", e.toString());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void dropProducer() {
        if (producer != null) {
            // An interrupt has done its work by now, and closing does not bear one.
            boolean interrupted = Thread.interrupted();
            producer.close(Duration.ZERO);
            producer = null;
            if (interrupted) {
                closing = true;
            }
        }
    }

    /** Ends the thread; what waits is sent after the next start. */
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
