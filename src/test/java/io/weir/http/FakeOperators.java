package io.weir.http;

import io.weir.model.Connector;
import io.weir.model.OperatorChange;
import io.weir.model.OperatorOverride;
import io.weir.model.RulesChange;
import io.weir.operator.OperatorException;
import io.weir.operator.Operators;
import io.weir.operator.RecordsJson;
import io.weir.operator.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What operators say, in memory. */
public final class FakeOperators implements Operators {
    private final Map<String, OperatorOverride> overrides = new TreeMap<>();
    private final Map<String, Connector> connectors = new TreeMap<>();
    private final List<OperatorChange> changes = new ArrayList<>();
    private final List<RulesChange> rules = new ArrayList<>();
    private boolean isAway;

    /** From now on Kafka does not tell. */
    void away() {
        isAway = true;
    }

    public void rules(RulesChange change) {
        rules.add(change);
    }

    private void require() {
        if (isAway) {
            throw new OperatorException(OperatorException.Kind.UNREACHABLE, "Kafka has not told yet");
        }
    }

    @Override
    public synchronized Map<String, OperatorOverride> overrides() {
        require();
        return new TreeMap<>(overrides);
    }

    @Override
    public synchronized Map<String, Connector> connectors() {
        require();
        return new TreeMap<>(connectors);
    }

    @Override
    public synchronized List<OperatorChange> changes() {
        require();
        return List.copyOf(changes);
    }

    @Override
    public synchronized List<RulesChange> rules() {
        require();
        return List.copyOf(rules);
    }

    @Override
    public synchronized void putOverrides(List<OperatorOverride> some) {
        require();
        for (OperatorOverride one : some) {
            overrides.put(one.target(), one);
            changes.add(
                    0,
                    new OperatorChange(
                            OperatorChange.Kind.OVERRIDE,
                            one.target(),
                            OperatorChange.Action.PUT,
                            one.author(),
                            one.comment(),
                            one.createdAtMs(),
                            RecordsJson.of(one).toString()));
        }
    }

    @Override
    public synchronized void deleteOverride(String target, Signature by) {
        require();
        if (overrides.remove(target) == null) {
            throw new OperatorException(OperatorException.Kind.MISSING, "there is no override of " + target);
        }
        deleted(OperatorChange.Kind.OVERRIDE, target, by);
    }

    @Override
    public synchronized void putConnectors(List<Connector> some, Signature by) {
        require();
        for (Connector one : some) {
            connectors.put(one.name(), one);
            changes.add(
                    0,
                    new OperatorChange(
                            OperatorChange.Kind.CONNECTOR,
                            one.name(),
                            OperatorChange.Action.PUT,
                            by.author(),
                            by.comment(),
                            by.atMs(),
                            RecordsJson.of(one).toString()));
        }
    }

    @Override
    public synchronized void deleteConnector(String name, Signature by) {
        require();
        if (connectors.remove(name) == null) {
            throw new OperatorException(OperatorException.Kind.MISSING, "there is no connector " + name);
        }
        deleted(OperatorChange.Kind.CONNECTOR, name, by);
    }

    private void deleted(OperatorChange.Kind kind, String key, Signature by) {
        changes.add(
                0,
                new OperatorChange(
                        kind, key, OperatorChange.Action.DELETE, by.author(), by.comment(), by.atMs(), null));
    }
}
