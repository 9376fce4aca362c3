package io.weir.edge;

import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.SenderMap;
import io.weir.model.Verdict;
import io.weir.throttle.Connectors;
import io.weir.throttle.Knowledge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that an edge knows when it decides. */
record EdgeKnowledge(
        VerdictTable verdicts, OverrideTable overrides, ConnectorTable connectorTable, RulesTable rules, Brake brake)
        implements Knowledge {
    @Override
    public boolean isBraked() {
        return brake.isOn();
    }

    @Override
    public Connectors connectors() {
        return connectorTable.connectors();
    }

    @Override
    public SenderMap senders() {
        return rules.senders();
    }

    @Override
    public @Nullable OperatorOverride overrideOf(SenderKey sender, long nowMs) {
        return overrides.of(sender, nowMs);
    }

    @Override
    public @Nullable OperatorOverride planOf(SenderKey sender, long nowMs) {
        return overrides.planOf(sender, nowMs);
    }

    /** None before all that may stop a verdict has been read: what an operator allowed must not be deferred while an edge starts. */
    @Override
    public @Nullable Verdict verdictOf(String client) {
        return rules.isShown() ? verdicts.verdictOf(client) : null;
    }

    /** The topics but the verdicts' are read from their beginning. */
    void begin() {
        smallTables().forEach(SmallTable::begin);
    }

    /** What has been read of them counts from now on. */
    void show() {
        smallTables().forEach(SmallTable::show);
    }

    /** The rules last: that they are shown is the sign that all are. */
    private List<SmallTable> smallTables() {
        return List.of(overrides, connectorTable, rules);
    }

    @Override
    public boolean isShadowed(String reason) {
        return rules.isShadowed(reason);
    }
}
