package io.weir.cli;

import io.weir.config.TopicName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Writes a control record into every partition of {@code smtp-connections}. One transaction writes all of these, so that no partition is
 * judged by what another lacks; and one transactional id fences off a second operator who writes at the same moment.
 */
final class ControlRecords {
    private static final String TRANSACTIONAL_ID = "weir-controls";

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
            for (TopicPartition to : everywhere) {
                // The commit flushes it and throws what it threw.
                var unused = producer.send(new ProducerRecord<>(to.topic(), to.partition(), atMs, key, value));
            }
            producer.commitTransaction();
        } catch (ProducerFencedException e) {
            throw CommandException.failed(
                    "somebody else wrote a control record at the same moment; look at 'weir rules show' and try again",
                    e);
        } catch (KafkaException e) {
            throw CommandException.failed(what + " not written: " + reason(e), e);
        }
        return told.size();
    }

    private String connections() {
        return TopicName.CONNECTIONS.in(cluster.config().namespace());
    }

    private static String reason(KafkaException e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }
}
