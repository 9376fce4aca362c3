package io.weir.operator;

import io.weir.config.TopicName;
import io.weir.operator.OperatorException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Operators' topics, read and followed. What is being read anew is shown when it has been read whole. */
final class KnownTables implements TopicFollower.Sink, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(KnownTables.class);
    private static final Set<TopicName> READ =
            EnumSet.of(TopicName.OVERRIDES, TopicName.CONNECTORS, TopicName.CHANGES, TopicName.RULES);

    private final String servers;
    private final Map<String, TopicName> topics = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<TopicPartition, Long> taken = new HashMap<>();
    private OperatorTables reading = new OperatorTables();
    private @Nullable OperatorTables shown;
    private @Nullable Throwable inTheWay;
    private final TopicFollower follower;

    KnownTables(Map<String, ?> clientSettings, String namespace, String servers) {
        this.servers = servers;
        READ.forEach(topic -> topics.put(topic.in(namespace), topic));
        this.follower = new TopicFollower(
                "operator-topics",
                clientSettings,
                Arrays.stream(TopicName.values())
                        .filter(READ::contains)
                        .map(topic -> topic.in(namespace))
                        .toList(),
                0,
                this);
    }

    /**
     * What is known.
     *
     * @param patience how long to wait for the first time that all is known
     * @throws OperatorException when nothing is
     */
    OperatorTables tables(Duration patience) {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (shown == null && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            if (shown != null) {
                return shown;
            }
            throw unknown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown();
        } finally {
            lock.unlock();
        }
    }

    private OperatorException unknown() {
        Throwable why = inTheWay;
        if (why instanceof AuthorizationException) {
            return new OperatorException(
                    Kind.FORBIDDEN,
                    "Kafka at " + servers + " does not let this user read what operators said: " + why.getMessage()
                            + " deploy/acls/ lists what it takes",
                    why);
        }
        return new OperatorException(
                Kind.UNREACHABLE,
                "Kafka at " + servers + " has not told yet what operators said"
                        + (why == null ? "" : ": " + why.getMessage()),
                why);
    }

    /** Waits until the offsets have been read, or for so long: what was written is written. */
    void awaitAt(Map<TopicPartition, Long> offsets, Duration patience) {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (nanos > 0
                    && !offsets.entrySet().stream()
                            .allMatch(one -> taken.getOrDefault(one.getKey(), 0L) >= one.getValue())) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void begin() {
        lock.lock();
        try {
            reading = new OperatorTables();
            taken.clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> found) {
        TopicName topic = topics.get(found.topic());
        lock.lock();
        try {
            if (topic != null && found.key() != null) {
                reading.take(topic, new String(found.key(), StandardCharsets.UTF_8), found.value());
            }
            taken.put(new TopicPartition(found.topic(), found.partition()), found.offset() + 1);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void taken(boolean isWhole) {
        lock.lock();
        try {
            if (isWhole) {
                if (inTheWay != null) {
                    log.info("Kafka tells again what operators say");
                }
                shown = reading;
                inTheWay = null;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cutOff(Throwable why) {
        lock.lock();
        try {
            if (inTheWay == null) {
                log.warn("what operators say cannot be read from Kafka at {}: {}", servers, why.toString());
            }
            inTheWay = why;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
