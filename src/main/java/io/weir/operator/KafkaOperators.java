package io.weir.operator;

import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.Connector;
import io.weir.model.OperatorChange;
import io.weir.model.OperatorChange.Action;
import io.weir.model.OperatorOverride;
import io.weir.model.RulesChange;
import io.weir.operator.OperatorException.Kind;
import io.weir.serde.ChangeJson;
import io.weir.serde.ConnectorJson;
import io.weir.serde.OverrideJson;
import io.weir.throttle.Rules;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** {@link Operators} on the topics of a namespace. Knows what is there as soon as it has been read, and what it writes itself at once. */
public final class KafkaOperators implements Operators, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** At once: whoever writes an override shall not wait for all that others left behind. */
    private static final int MOST_EXPIRED = 100;

    private static final int MOST_CONNECTORS = 1_000;

    private final String namespace;
    private final OperatorWriter writer;
    private final KnownTables known;

    private KafkaOperators(WeirConfig config) {
        this.namespace = config.namespace();
        Map<String, Object> settings = OperatorClients.settings(config);
        this.writer = new OperatorWriter(settings, namespace, PATIENCE.toMillis());
        this.known = new KnownTables(settings, namespace, config.bootstrapServers());
    }

    /** Begins to read, and returns at once. */
    public static KafkaOperators open(WeirConfig config) {
        return new KafkaOperators(config);
    }

    /**
     * Waits until all is known.
     *
     * @throws OperatorException when that takes too long, with what is in the way
     */
    public KafkaOperators awaitRead() {
        var unused = known.tables(PATIENCE);
        return this;
    }

    @Override
    public Map<String, OperatorOverride> overrides() {
        return tables().overrides();
    }

    @Override
    public Map<String, Connector> connectors() {
        return tables().connectors();
    }

    @Override
    public List<OperatorChange> changes() {
        return tables().changes();
    }

    @Override
    public List<RulesChange> rules() {
        return tables().rules();
    }

    private OperatorTables tables() {
        return known.tables(Duration.ZERO);
    }

    /** Writes them, and deletes some of those that have expired. */
    @Override
    public void putOverrides(List<OperatorOverride> overrides) {
        List<RulesChange> rules = rules();
        int ipv6Prefix = rules.isEmpty()
                ? Rules.DEFAULTS.ipv6Prefix()
                : Rules.of(rules.get(rules.size() - 1).settings()).ipv6Prefix();
        overrides.forEach(override -> OverrideDraft.requireSender(override, ipv6Prefix));
        long nowMs = overrides.stream()
                .mapToLong(OperatorOverride::createdAtMs)
                .max()
                .orElse(0);
        Set<String> targets = new HashSet<>();
        List<String> expired = new ArrayList<>();
        for (OperatorOverride one : overrides().values()) {
            (one.isOverAt(nowMs) ? expired : targets).add(one.target());
        }
        overrides.forEach(override -> targets.add(override.target()));
        if (targets.size() > OperatorOverride.MOST) {
            throw new OperatorException(
                    Kind.CONFLICT,
                    "there would be " + targets.size() + " overrides, and edges obey " + OperatorOverride.MOST
                            + ": a network is one, however many addresses it has");
        }
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        expired.stream()
                .filter(target -> !targets.contains(target))
                .limit(MOST_EXPIRED)
                .forEach(target -> records.add(to(TopicName.OVERRIDES, target, null, nowMs)));
        for (OperatorOverride one : overrides) {
            byte[] value = OverrideJson.write(one);
            records.add(to(TopicName.OVERRIDES, one.target(), value, one.createdAtMs()));
            Signature by = new Signature(one.author(), one.comment(), one.createdAtMs());
            records.add(change(OperatorChange.Kind.OVERRIDE, one.target(), Action.PUT, by, value));
        }
        write(records);
    }

    @Override
    public void deleteOverride(String target, Signature by) {
        if (!overrides().containsKey(target)) {
            throw new OperatorException(Kind.MISSING, "there is no override of " + target);
        }
        write(List.of(
                to(TopicName.OVERRIDES, target, null, by.atMs()),
                change(OperatorChange.Kind.OVERRIDE, target, Action.DELETE, by, null)));
    }

    @Override
    public void putConnectors(List<Connector> connectors, Signature by) {
        Set<String> names = new HashSet<>(connectors().keySet());
        connectors.forEach(connector -> names.add(connector.name()));
        if (names.size() > MOST_CONNECTORS) {
            throw new OperatorException(
                    Kind.CONFLICT, "there would be " + names.size() + " connectors, and edges know " + MOST_CONNECTORS);
        }
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Connector one : connectors) {
            byte[] value = ConnectorJson.write(one);
            records.add(to(TopicName.CONNECTORS, one.name(), value, by.atMs()));
            records.add(change(OperatorChange.Kind.CONNECTOR, one.name(), Action.PUT, by, value));
        }
        write(records);
    }

    @Override
    public void deleteConnector(String name, Signature by) {
        if (!connectors().containsKey(name)) {
            throw new OperatorException(Kind.MISSING, "there is no connector " + name);
        }
        write(List.of(
                to(TopicName.CONNECTORS, name, null, by.atMs()),
                change(OperatorChange.Kind.CONNECTOR, name, Action.DELETE, by, null)));
    }

    private ProducerRecord<byte[], byte[]> change(
            OperatorChange.Kind kind, String key, Action action, Signature by, byte @Nullable [] value) {
        String written = value == null ? null : new String(value, StandardCharsets.UTF_8);
        OperatorChange change = new OperatorChange(kind, key, action, by.author(), by.comment(), by.atMs(), written);
        return to(TopicName.CHANGES, kind.label() + ":" + key, ChangeJson.write(change), by.atMs());
    }

    private ProducerRecord<byte[], byte[]> to(TopicName topic, String key, byte @Nullable [] value, long atMs) {
        return new ProducerRecord<>(topic.in(namespace), null, atMs, key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** Whoever asks next is told what was written. */
    private void write(List<ProducerRecord<byte[], byte[]>> records) {
        known.awaitAt(writer.write(records), PATIENCE);
    }

    @Override
    public void close() {
        known.close();
    }
}
