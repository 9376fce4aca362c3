package io.weir.operator;

import io.weir.config.TopicName;
import io.weir.model.Connector;
import io.weir.model.OperatorChange;
import io.weir.model.OperatorOverride;
import io.weir.model.RulesChange;
import io.weir.serde.ChangeJson;
import io.weir.serde.ConnectorJson;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedRecordException;
import io.weir.serde.OverrideJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators' topics say, as edges understand it: a record that cannot be read is skipped. Any thread may ask. */
final class OperatorTables {
    private static final Logger log = LoggerFactory.getLogger(OperatorTables.class);
    private static final int MOST_RULES = 1_000;

    private final TreeMap<String, OperatorOverride> overrides = new TreeMap<>();
    private final TreeMap<String, Connector> connectors = new TreeMap<>();
    /** As they are shown: the same until something changes, since they are asked for more often than they change. */
    private @Nullable Map<String, OperatorOverride> shownOverrides;

    private @Nullable Map<String, Connector> shownConnectors;
    /** The newest first. */
    private final Deque<OperatorChange> changes = new ArrayDeque<>();
    /** The newest last. */
    private final Deque<RulesChange> rules = new ArrayDeque<>();

    /** @param value null for a tombstone */
    synchronized void take(TopicName topic, String key, byte @Nullable [] value) {
        try {
            switch (topic) {
                case OVERRIDES -> takeOverride(key, value);
                case CONNECTORS -> takeConnector(key, value);
                case CHANGES -> takeChange(value);
                case RULES -> takeRules(key, value);
                case CONNECTIONS, VERDICTS, DEAD_LETTERS -> throw new IllegalArgumentException("not read: " + topic);
            }
        } catch (MalformedRecordException e) {
            log.warn("record skipped topic={} key={}: {}", topic.baseName(), key, e.getMessage());
        }
    }

    private void takeOverride(String target, byte @Nullable [] value) {
        shownOverrides = null;
        overrides.remove(target);
        if (value != null) {
            overrides.put(target, OverrideJson.read(value));
        }
    }

    /** One that cannot be read leaves what was there before, as at an edge. */
    private void takeConnector(String name, byte @Nullable [] value) {
        shownConnectors = null;
        if (value == null) {
            connectors.remove(name);
        } else {
            connectors.put(name, ConnectorJson.read(value));
        }
    }

    private void takeChange(byte @Nullable [] value) {
        if (value != null) {
            changes.addFirst(ChangeJson.read(value));
            if (changes.size() > Operators.MOST_CHANGES) {
                changes.removeLast();
            }
        }
    }

    private void takeRules(String key, byte @Nullable [] value) {
        if (value != null && key.equals("rules") && new EventJson().read(value) instanceof RulesChange change) {
            rules.addLast(change);
            if (rules.size() > MOST_RULES) {
                rules.removeFirst();
            }
        }
    }

    synchronized Map<String, OperatorOverride> overrides() {
        Map<String, OperatorOverride> shown = shownOverrides;
        if (shown == null) {
            shown = Collections.unmodifiableMap(new TreeMap<>(overrides));
            shownOverrides = shown;
        }
        return shown;
    }

    synchronized Map<String, Connector> connectors() {
        Map<String, Connector> shown = shownConnectors;
        if (shown == null) {
            shown = Collections.unmodifiableMap(new TreeMap<>(connectors));
            shownConnectors = shown;
        }
        return shown;
    }

    synchronized List<OperatorChange> changes() {
        return new ArrayList<>(changes);
    }

    synchronized List<RulesChange> rules() {
        return new ArrayList<>(rules);
    }
}
