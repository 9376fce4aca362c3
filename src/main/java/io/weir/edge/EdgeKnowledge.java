package io.weir.edge;

import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.SenderMap;
import io.weir.model.Verdict;
import io.weir.throttle.Connectors;
import io.weir.throttle.Knowledge;
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
    public @Nullable OperatorOverride overrideOf(SenderKey sender) {
        return overrides.of(sender);
    }

    @Override
    public @Nullable Verdict verdictOf(String client) {
        return verdicts.verdictOf(client);
    }

    @Override
    public boolean isShadowed(String reason) {
        return rules.isShadowed(reason);
    }
}
