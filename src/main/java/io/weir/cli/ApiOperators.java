package io.weir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.Connector;
import io.weir.model.OperatorChange;
import io.weir.model.OperatorOverride;
import io.weir.model.RulesChange;
import io.weir.operator.Operators;
import io.weir.operator.RecordsJson;
import io.weir.operator.Signature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What operators say, over HTTP. Who says it is the holder of the token, whatever a signature has. */
final class ApiOperators implements Operators {
    private final ApiClient engine;

    ApiOperators(ApiClient engine) {
        this.engine = engine;
    }

    @Override
    public Map<String, OperatorOverride> overrides() {
        Map<String, OperatorOverride> overrides = new LinkedHashMap<>();
        for (JsonNode one : get("/v1/overrides?expired").path("overrides")) {
            OperatorOverride override = RecordsJson.override((ObjectNode) one);
            overrides.put(override.target(), override);
        }
        return overrides;
    }

    @Override
    public Map<String, Connector> connectors() {
        Map<String, Connector> connectors = new LinkedHashMap<>();
        for (JsonNode one : get("/v1/connectors").path("connectors")) {
            Connector connector = RecordsJson.connector((ObjectNode) one);
            connectors.put(connector.name(), connector);
        }
        return connectors;
    }

    /** Those that one answer holds. */
    @Override
    public List<OperatorChange> changes() {
        List<OperatorChange> changes = new ArrayList<>();
        for (JsonNode one : get("/v1/changes?limit=1000").path("changes")) {
            changes.add(RecordsJson.change((ObjectNode) one));
        }
        return changes;
    }

    @Override
    public List<RulesChange> rules() {
        List<RulesChange> rules = new ArrayList<>();
        for (JsonNode one : get("/v1/rules?history").path("history")) {
            rules.add(RecordsJson.rules((ObjectNode) one));
        }
        return rules;
    }

    /** One after the other: what is refused ends it, with what it was. */
    @Override
    public void putOverrides(List<OperatorOverride> overrides) {
        for (OperatorOverride one : overrides) {
            ObjectNode body = JsonNodeFactory.instance
                    .objectNode()
                    .put("action", one.action().label())
                    .put("until", Instant.ofEpochMilli(one.expiresAtMs()).toString())
                    .put("comment", one.comment());
            switch (one.action()) {
                case THROTTLE -> body.put("admit", one.admit());
                case PLANNED -> body.put("volume", one.volume());
                case ALLOW -> {}
            }
            if (one.fromMs() > 0) {
                body.put("from", Instant.ofEpochMilli(one.fromMs()).toString());
            }
            var unused = send("PUT", "/v1/overrides/" + path(one.target()), body.toString());
        }
    }

    @Override
    public void deleteOverride(String target, Signature by) {
        var unused = send("DELETE", "/v1/overrides/" + path(target) + comment(by), null);
    }

    @Override
    public void putConnectors(List<Connector> connectors, Signature by) {
        for (Connector one : connectors) {
            ObjectNode body = RecordsJson.of(one);
            body.remove("name");
            var unused = send("PUT", "/v1/connectors/" + encoded(one.name()) + comment(by), body.toString());
        }
    }

    @Override
    public void deleteConnector(String name, Signature by) {
        var unused = send("DELETE", "/v1/connectors/" + encoded(name) + comment(by), null);
    }

    private JsonNode get(String path) {
        return ApiClient.json(send("GET", path, null));
    }

    private String send(String method, String path, @Nullable String body) {
        try {
            return engine.ask(method, path, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted while the engine was asked", e);
        }
    }

    private static String comment(Signature by) {
        return by.comment().isEmpty() ? "" : "?comment=" + encoded(by.comment());
    }

    /** A network's slash is one of the path's. */
    private static String path(String target) {
        return encoded(target).replace("%2F", "/");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
