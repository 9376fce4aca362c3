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
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a namespace: on {@code smtp-rules} for those who read them, and as a control record in every partition of
 * {@code smtp-connections} for the engine. One transaction writes all of these, so that no partition is judged by rules that nobody can
 * look up.
 */
final class RulesTopic {
    private static final byte[] KEY = "rules".getBytes(StandardCharsets.US_ASCII);

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
        return new ControlRecords(cluster).write("the rules were", KEY, value, atMs, cluster.partitions(topic()));
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
