package io.weir.cli;

import io.weir.config.TopicName;
import io.weir.model.RulesChange;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedEventException;
import io.weir.throttle.Rules;
import io.weir.throttle.RulesException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a namespace: on {@code smtp-rules} for those who read them, and as a control record in every partition of
 * {@code smtp-connections} for the engine. One transaction writes all of these, so that no partition is judged by rules that another lacks
 * or that nobody can look up; and one transactional id fences off a second operator who writes at the same moment.
 */
final class RulesTopic {
    private static final Logger log = LoggerFactory.getLogger(RulesTopic.class);

    private static final byte[] KEY = "rules".getBytes(StandardCharsets.US_ASCII);
    private static final String TRANSACTIONAL_ID = "weir-rules";

    private final Cluster cluster;
    private final EventJson json = new EventJson();

    RulesTopic(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Rules that are or were in force. */
    record Entry(RulesChange change, Rules rules) {}

    /**
     * All rules that the topic still holds, oldest first.
     *
     * @throws CommandException when one of them cannot be understood
     */
    List<Entry> history() {
        List<Entry> entries = new ArrayList<>();
        cluster.read(topic(), found -> {
            if (Arrays.equals(KEY, found.key()) && found.value() != null) {
                entries.add(entry(found));
            }
        });
        return entries;
    }

    /** The rules in force; empty when nobody has written any, which is the same as {@link Rules#DEFAULTS}. */
    Optional<Entry> current() {
        List<Entry> all = history();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /**
     * Puts rules in force.
     *
     * @param author who writes them
     * @param atMs event time from which they hold, milliseconds since the epoch
     * @return the number of partitions that were told
     */
    int write(Rules rules, String author, long atMs) {
        byte[] value = json.write(new RulesChange(author, atMs, rules.settings()));
        List<TopicPartition> partitions = cluster.partitions(TopicName.CONNECTIONS.in(namespace()));
        List<TopicPartition> everywhere = new ArrayList<>(cluster.partitions(topic()));
        everywhere.addAll(partitions);
        Map<String, String> transactional =
                Map.of("transactional.id", cluster.config().namespaced(TRANSACTIONAL_ID));
        try (KafkaProducer<byte[], byte[]> producer = cluster.producer(transactional)) {
            producer.initTransactions();
            producer.beginTransaction();
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (TopicPartition to : everywhere) {
                sent.add(producer.send(new ProducerRecord<>(to.topic(), to.partition(), atMs, KEY, value)));
            }
            // The commit flushes them and throws what any of them threw.
            producer.commitTransaction();
            log.debug("wrote rules {} in {} records", rules.id(), sent.size());
        } catch (ProducerFencedException e) {
            throw CommandException.failed(
                    "somebody else wrote rules at the same moment; look at 'weir rules show' and try again", e);
        } catch (KafkaException e) {
            throw CommandException.failed("the rules were not written: " + reason(e), e);
        }
        return partitions.size();
    }

    private static String reason(KafkaException e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }

    private Entry entry(ConsumerRecord<byte[], byte[]> found) {
        try {
            WeirEvent event = json.read(found.value());
            if (event instanceof RulesChange change) {
                return new Entry(change, Rules.of(change.settings()));
            }
            throw bad(found, "it is not a rules document", null);
        } catch (MalformedEventException | RulesException e) {
            throw bad(found, String.valueOf(e.getMessage()), e);
        }
    }

    private CommandException bad(ConsumerRecord<byte[], byte[]> found, String why, @Nullable Exception cause) {
        String message = "the record at offset " + found.offset() + " of " + topic() + " is no good: " + why;
        return cause == null ? CommandException.failed(message) : CommandException.failed(message, cause);
    }

    private String topic() {
        return TopicName.RULES.in(namespace());
    }

    private String namespace() {
        return cluster.config().namespace();
    }
}
