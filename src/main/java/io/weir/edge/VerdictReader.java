package io.weir.edge;

import io.weir.serde.VerdictJson;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Reads {@code smtp-verdicts} in its caller's thread, whole and committed. Not safe for several threads, {@link #wakeup()} excepted. */
public final class VerdictReader implements AutoCloseable {
    /** Where to begin. */
    public enum From {
        /** With all that is known. */
        BEGINNING,
        /** With what is decided from now on. */
        END
    }

    private final TopicReader reader;

    /**
     * @param clientSettings Kafka's own; {@code bootstrap.servers} is required
     * @param topic full name, with its namespace
     * @param timeout how long each question to the cluster may take
     * @throws VerdictTopicException when the topic is not there or the cluster does not answer
     */
    public VerdictReader(
            Map<String, ?> clientSettings, String topic, From from, Duration timeout, VerdictListener listener) {
        this.reader = new TopicReader(clientSettings, Map.of(topic, taker(listener)), from, timeout);
    }

    /** A verdict that cannot be read is one that is not obeyed: its sender's mail passes. */
    static TopicReader.Taker taker(VerdictListener listener) {
        return (client, value) -> listener.verdict(client, value == null ? null : VerdictJson.read(value));
    }

    /**
     * Hands what has arrived to the listener.
     *
     * @param timeout how long to wait when there is nothing
     * @return how many records there were
     */
    public int poll(Duration timeout) {
        return reader.poll(timeout);
    }

    /** Whether everything has been read that was there when this reader began. */
    public boolean caughtUp() {
        return reader.caughtUp();
    }

    /**
     * Reads on until every partition is read up to the given offsets; what lies beyond an open transaction is not there.
     *
     * @return false when that took longer than {@code timeout}
     */
    public boolean readTo(Map<TopicPartition, Long> offsets, Duration timeout) {
        long begin = System.nanoTime();
        while (!reader.isAt(offsets)) {
            if (System.nanoTime() - begin > timeout.toNanos()) {
                return false;
            }
            poll(Duration.ofMillis(20));
        }
        return true;
    }

    /** The ends of what is committed now, by partition. */
    public Map<TopicPartition, Long> ends() {
        return reader.ends();
    }

    /** Records that could not be understood so far; any thread may ask. */
    public long malformed() {
        return reader.malformed();
    }

    /** Makes a {@link #poll} under way, or else the next one, throw {@link org.apache.kafka.common.errors.WakeupException}; from any thread. */
    public void wakeup() {
        reader.wakeup();
    }

    @Override
    public void close() {
        reader.close();
    }
}
