package io.weir.cli;

import io.weir.config.TopicName;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Writes a control record into every partition of {@code smtp-connections}. One transaction writes all of these, so that no partition is
 * judged by what another lacks; and one transactional id fences off a second operator who writes at the same moment.
 */
final class ControlRecords {
    private static final String TRANSACTIONAL_ID = "weir-controls";
    private static final Duration READABLE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Cluster cluster;

    ControlRecords(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * When an operator's word takes effect: now; in a namespace of history at its newest event, since now would be years ahead of the next.
     *
     * @return event time, milliseconds since the epoch
     */
    long nowMs(Clock clock) {
        long newest = cluster.holdsHistory() ? cluster.newestMs(connections()) : -1;
        return newest >= 0 ? newest : clock.millis();
    }

    /**
     * Writes the record.
     *
     * @param what what it is, for the error message
     * @param besides partitions of other topics that get it in the same transaction
     * @return the number of partitions of {@code smtp-connections} that were told
     * @throws CommandException when it is not written anywhere
     */
    int write(String what, byte[] key, byte[] value, long atMs, List<TopicPartition> besides) {
        List<TopicPartition> told = cluster.partitions(connections());
        List<TopicPartition> everywhere = new ArrayList<>(besides);
        everywhere.addAll(told);
        Map<String, String> transactional =
                Map.of("transactional.id", cluster.config().namespaced(TRANSACTIONAL_ID));
        try (KafkaProducer<byte[], byte[]> producer = cluster.producer(transactional)) {
            producer.initTransactions();
            producer.beginTransaction();
            Map<TopicPartition, Future<RecordMetadata>> sent = new HashMap<>();
            for (TopicPartition to : everywhere) {
                // The commit flushes it and throws what it threw.
                sent.put(to, producer.send(new ProducerRecord<>(to.topic(), to.partition(), atMs, key, value)));
            }
            producer.commitTransaction();
            awaitReadable(sent);
        } catch (ProducerFencedException e) {
            throw CommandException.failed(
                    "somebody else wrote a control record at the same moment; look at 'weir rules show' and try again",
                    e);
        } catch (KafkaException e) {
            throw CommandException.failed(what + " not written: " + reason(e), e);
        }
        return told.size();
    }

    /** A commit is done before its marks are in every partition: whoever asks next shall see what was written. */
    private void awaitReadable(Map<TopicPartition, Future<RecordMetadata>> sent) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < READABLE.toNanos()) {
            Map<TopicPartition, Long> ends = cluster.ends(sent.keySet());
            boolean isReadable = sent.entrySet().stream()
                    .allMatch(one -> ends.getOrDefault(one.getKey(), 0L) > offset(one.getValue()));
            if (isReadable) {
                return;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static long offset(Future<RecordMetadata> sent) {
        try {
            return sent.get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted while the control record was written", e);
        }
    }

    private String connections() {
        return TopicName.CONNECTIONS.in(cluster.config().namespace());
    }

    private static String reason(KafkaException e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }
}
