package io.weir.operator;

import io.weir.operator.OperatorException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records of operators, each time all of them in one transaction: what was changed, and who changed it. One transactional id for all who
 * write for a site, so that of two at the same moment the later one fences off the other, which then tries again.
 */
final class OperatorWriter {
    private static final String TRANSACTIONAL_ID = "weir-controls";
    private static final int TRIES = 6;
    /** After a commit there is nothing to wait for, after a failure nothing to be had. */
    private static final Duration CLOSE = Duration.ofMillis(200);

    private static final long LEAST_PAUSE_NANOS = Duration.ofMillis(20).toNanos();
    private static final long MOST_PAUSE_NANOS = Duration.ofMillis(250).toNanos();

    private final Map<String, Object> settings;

    /**
     * @param clientSettings Kafka's own; {@code bootstrap.servers} is required
     * @param namespace of the topics
     */
    OperatorWriter(Map<String, ?> clientSettings, String namespace, long timeoutMs) {
        this.settings = new HashMap<>(clientSettings);
        settings.put("acks", "all");
        settings.put("max.block.ms", timeoutMs);
        settings.put("request.timeout.ms", (int) timeoutMs / 2);
        settings.put("delivery.timeout.ms", (int) timeoutMs);
        // What a writer that died left open hides from every reader what comes behind it.
        settings.put("transaction.timeout.ms", (int) timeoutMs);
        settings.put("transactional.id", namespace.isEmpty() ? TRANSACTIONAL_ID : namespace + "." + TRANSACTIONAL_ID);
    }

    /**
     * Writes them all.
     *
     * @return the offset behind the last one of each partition
     * @throws OperatorException when none was written
     */
    synchronized Map<TopicPartition, Long> write(List<ProducerRecord<byte[], byte[]>> records) {
        for (int tries = 1; ; tries++) {
            try {
                return once(records);
            } catch (KafkaException e) {
                if (isForGood(e)) {
                    throw notWritten(e);
                }
                if (tries == TRIES) {
                    throw new OperatorException(
                            Kind.CONFLICT,
                            "others were writing at the same moment; look, and try again (" + reason(e) + ")",
                            e);
                }
                // Not in step with the other, or both would meet again.
                LockSupport.parkNanos(
                        ThreadLocalRandom.current().nextLong(LEAST_PAUSE_NANOS, tries * MOST_PAUSE_NANOS));
            }
        }
    }

    /**
     * Whether the same would come of another try. Everything else may be the other writer, whom the client tells of in many ways, by the point of the
     * transaction at which it was fenced off.
     */
    private static boolean isForGood(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException
                    || cause instanceof AuthorizationException
                    || cause instanceof AuthenticationException
                    || cause instanceof UnknownTopicOrPartitionException
                    || cause instanceof RecordTooLargeException
                    || cause instanceof InterruptException
                    || cause instanceof ConfigException) {
                return true;
            }
        }
        return false;
    }

    private static OperatorException notWritten(KafkaException e) {
        if (e instanceof TimeoutException) {
            return new OperatorException(Kind.UNREACHABLE, "Kafka does not answer; nothing was written", e);
        }
        if (e instanceof AuthorizationException || e.getCause() instanceof AuthorizationException) {
            return new OperatorException(
                    Kind.FORBIDDEN,
                    "Kafka does not let this user write that: " + reason(e) + " deploy/acls/ lists what it takes",
                    e);
        }
        return new OperatorException(Kind.UNREACHABLE, "nothing was written: " + reason(e), e);
    }

    private Map<TopicPartition, Long> once(List<ProducerRecord<byte[], byte[]>> records) {
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> one : records) {
                // The commit flushes it and throws what it threw.
                sent.add(producer.send(one));
            }
            producer.commitTransaction();
            Map<TopicPartition, Long> behind = new HashMap<>();
            for (Future<RecordMetadata> one : sent) {
                RecordMetadata written = metadata(one);
                behind.merge(new TopicPartition(written.topic(), written.partition()), written.offset() + 1, Math::max);
            }
            return behind;
        } finally {
            producer.close(CLOSE);
        }
    }

    private static RecordMetadata metadata(Future<RecordMetadata> sent) {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperatorException(Kind.UNREACHABLE, "interrupted while it was written", e);
        }
    }

    private static String reason(KafkaException e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }
}
