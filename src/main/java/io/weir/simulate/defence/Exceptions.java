package io.weir.simulate.defence;

import io.weir.model.ClientAddress;
import io.weir.model.Connector;
import io.weir.model.NetworkMap;
import io.weir.model.OperatorOverride;
import io.weir.simulate.scenario.Scenario;
import io.weir.throttle.Connectors;
import io.weir.throttle.Proof;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whom an operator lets pass, whoever judges: every way to defer mail has a list of exceptions. */
final class Exceptions {
    private final NetworkMap<OperatorOverride> overrides;
    private final Connectors connectors;
    private final boolean none;

    Exceptions(Scenario scenario) {
        this.overrides = NetworkMap.of(
                scenario.overrides().stream().collect(Collectors.toMap(OperatorOverride::target, word -> word)));
        this.connectors = new Connectors(scenario.connectors());
        this.none = scenario.overrides().isEmpty() && scenario.connectors().isEmpty();
    }

    boolean isNone() {
        return none;
    }

    boolean covers(ClientAddress client, long nowMs) {
        if (none) {
            return false;
        }
        OperatorOverride word = overrides.of(client.sender());
        return trusting(client) != null
                || (word != null && nowMs < word.expiresAtMs() && word.action() == OperatorOverride.Action.ALLOW);
    }

    /** The connector that trusts a client for its address, or null. */
    private @Nullable Connector trusting(ClientAddress client) {
        return connectors.trace(new Proof(client, false, "", "", "")).trusted();
    }
}
