package io.weir.edge;

import io.weir.edge.EventSpool.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from the spool to Kafka in their order, in a thread of its own, for as long as it takes. An event is forgotten when Kafka has it;
 * what was sent and not confirmed is sent again under the same number, which the engine counts once.
 */
final class EventSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EventSender.class);

    private static final int BATCH = 500;
    private static final Duration IDLE = Duration.ofMillis(20);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration ORDERLY = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final EventSpool spool;
    private final RefusedEvents refused;
    private final EventProducer producer;
    private final EdgeMeters meters;
    private final Thread thread;
    private volatile boolean closing;
    private boolean failing;
    private boolean refusing;

    EventSender(EventSpool spool, EventProducer producer, RefusedEvents refused, EdgeMeters meters) {
        this.spool = spool;
        this.producer = producer;
        this.refused = refused;
        this.meters = meters;
        this.thread = new Thread(this::run, "edge-event-sender");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
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
        List<Future<RecordMetadata>> answers = producer.handOver(waiting);
        int settled = 0;
        boolean refused = false;
        try {
            while (!closing && !refused && settled < answers.size()) {
                refused = isRefused(answers.get(settled), false);
                settled += refused ? 0 : 1;
            }
        } finally {
            spool.taken(waiting.subList(0, settled));
            meters.eventsWritten(settled);
        }
        if (refused) {
            sendAlone(waiting.subList(settled, answers.size()));
        }
        if (failing) {
            failing = false;
            log.info("Kafka takes events again; {} wait", spool.waiting());
        }
    }

    /**
     * The broker refuses a whole batch for one bad record in it, and good ones with it. Alone, each shows what it is; one that Kafka has already
     * goes out again under its number, which the engine counts once.
     */
    private void sendAlone(List<Entry> entries) {
        for (Entry entry : entries) {
            Future<RecordMetadata> answer = producer.handOver(List.of(entry)).get(0);
            if (closing) {
                return;
            }
            if (isRefused(answer, true)) {
                setAside(entry);
            } else {
                refusing = false;
                meters.eventsWritten(1);
            }
            spool.taken(List.of(entry));
        }
    }

    /** Said once for a row of them: a clock that is ahead has every event refused. */
    private void setAside(Entry entry) {
        meters.eventsDropped("refused", 1);
        refused.add(entry);
        if (!refusing) {
            refusing = true;
            log.warn(
                    "Kafka refuses events, set aside in {} (event time {}): is this machine's clock right?",
                    refused.file(),
                    Instant.ofEpochMilli(entry.atMs()));
        }
    }

    /**
     * Whether Kafka will never take it as it was sent; false when Kafka has it.
     *
     * @param alone whether it was the only one of its batch
     * @throws KafkaException when it may be taken another time
     */
    private boolean isRefused(Future<RecordMetadata> answer, boolean alone) {
        try {
            var unused = answer.get();
            return false;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            boolean isBad = cause instanceof InvalidTimestampException
                    || cause instanceof InvalidRecordException
                    || cause instanceof RecordTooLargeException;
            // What shared a batch with a bad record fails with an exception of no kind at all.
            boolean isWithOthers = !alone && cause != null && cause.getClass() == KafkaException.class;
            if (isBad || isWithOthers) {
                return true;
            }
            throw new KafkaException(cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
            throw new KafkaException(e);
        }
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
        // An interrupt has done its work by now, and closing does not bear one.
        boolean interrupted = Thread.interrupted();
        producer.drop();
        if (interrupted) {
            closing = true;
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
