package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.ClientAddress;
import io.weir.model.Connector;
import io.weir.model.NetworkMap;
import io.weir.model.Networks;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.operator.OperatorException;
import io.weir.operator.RecordsJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators said about a sender: the override that applies to it, and the connectors whose networks its address lies in. */
final class OperatorsWord {
    private volatile @Nullable Known last;

    /** What was said, ready to be looked up; made anew when something else is said. */
    private record Known(
            Map<String, OperatorOverride> overrides,
            Map<String, Connector> connectors,
            NetworkMap<OperatorOverride> byNetwork,
            List<Placed> placed) {
        @SuppressWarnings("ReferenceEquality") // What is given is not changed: the same map says the same.
        boolean isOf(Map<String, OperatorOverride> some, Map<String, Connector> others) {
            return overrides == some && connectors == others;
        }
    }

    /** A connector that acts, and where its clients are. */
    private record Placed(Connector connector, Networks networks) {}

    /** Adds {@code override} (null: none) and {@code connectorsHere}; neither where what operators said is not known at the moment. */
    void addTo(ObjectNode json, Served engine, SenderKey sender, String asked, long asOfMs) {
        Known known;
        try {
            known = known(engine.operators().overrides(), engine.operators().connectors());
        } catch (OperatorException e) {
            return;
        }
        OperatorOverride applies = known.byNetwork().of(sender, override -> override.holdsAt(asOfMs));
        if (applies == null) {
            json.putNull("override");
        } else {
            json.set("override", RecordsJson.of(applies));
        }
        ArrayNode here = json.putArray("connectorsHere");
        ClientAddress address = known.placed().isEmpty() ? null : address(asked);
        if (address != null) {
            known.placed().stream()
                    .filter(placed -> placed.networks().contains(address))
                    .forEach(placed -> add(here, placed.connector()));
        }
    }

    private Known known(Map<String, OperatorOverride> overrides, Map<String, Connector> connectors) {
        Known before = last;
        if (before != null && before.isOf(overrides, connectors)) {
            return before;
        }
        List<Placed> placed = new ArrayList<>();
        connectors.values().stream()
                .filter(connector ->
                        connector.enabled() && !connector.clientNetworks().isEmpty())
                .forEach(connector -> placed.add(
                        new Placed(connector, Networks.parse(String.join(",", connector.clientNetworks())))));
        Known now = new Known(overrides, connectors, NetworkMap.of(overrides), placed);
        last = now;
        return now;
    }

    private static void add(ArrayNode here, Connector connector) {
        here.addObject()
                .put("name", connector.name())
                .put("kind", connector.kind().label())
                .put("mode", connector.enforced() ? "enforce" : "test")
                .put("needsCertificate", connector.hasCertificates())
                .put("needsTls", connector.requireTls());
    }

    /** Null for a pool. */
    private static @Nullable ClientAddress address(String asked) {
        try {
            return ClientAddress.parse(asked);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
