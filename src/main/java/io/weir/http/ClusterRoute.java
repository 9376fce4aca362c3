package io.weir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.weir.engine.Answer;
import io.weir.engine.EngineAddress;
import io.weir.engine.EngineReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/cluster}: the engines of the site, the partitions that each judges, keeps a copy of or restores, and how far behind it is. */
final class ClusterRoute {
    /** Where engines ask each other. */
    static final String BETWEEN_ENGINES = "/v1/peer/report";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ObjectMapper mapper = new ObjectMapper();
    private final Engine engine;
    private final Peers peers;

    ClusterRoute(Engine engine, Peers peers) {
        this.engine = engine;
        this.peers = peers;
    }

    void cluster(Context context) {
        Params.only(context);
        Served served = engine.served();
        EngineReport here = served.queries().report();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", Json.VERSION);
        ArrayNode instances = mapper.createArrayNode();
        instances.add(json(here));
        List<EngineAddress> others = served.queries().others();
        Map<EngineAddress, Peers.Reply> replies = peers.askAll(others, BETWEEN_ENGINES, PATIENCE);
        others.forEach(other -> instances.add(told(other, replies.get(other))));
        long newestMs = 0;
        for (JsonNode instance : instances) {
            for (JsonNode partition : instance.path("partitions")) {
                newestMs = Math.max(newestMs, partition.path("newestMs").asLong());
            }
        }
        served.moment().addTo(json, served.moment().at(newestMs));
        json.put("partitions", here.partitionsInAll());
        json.set("unjudged", unjudged(instances, here.partitionsInAll()));
        json.set("instances", instances);
        Json.answer(context, json);
    }

    /** For other engines. */
    void report(Context context) {
        Json.answer(context, json(engine.served().queries().report()));
    }

    private ObjectNode told(EngineAddress address, Peers.@Nullable Reply reply) {
        try {
            if (reply != null && reply.status() == 200 && mapper.readTree(reply.body()) instanceof ObjectNode known) {
                return known;
            }
        } catch (IOException e) {
            // Then it has not told.
        }
        ObjectNode silent =
                mapper.createObjectNode().put("address", address.text()).put("state", "unreachable");
        silent.putArray("partitions");
        return silent;
    }

    /** Partitions that nobody judges at the moment. */
    private ArrayNode unjudged(ArrayNode instances, int partitions) {
        TreeSet<Integer> left = new TreeSet<>();
        for (int number = 0; number < partitions; number++) {
            left.add(number);
        }
        for (JsonNode instance : instances) {
            for (JsonNode one : instance.path("partitions")) {
                if (one.path("role").asText().equals("judges")) {
                    left.remove(one.path("partition").asInt());
                }
            }
        }
        ArrayNode json = mapper.createArrayNode();
        left.forEach(json::add);
        return json;
    }

    private ObjectNode json(EngineReport report) {
        ObjectNode json = mapper.createObjectNode()
                .put("address", report.address().text())
                .put("state", report.state().name().toLowerCase(Locale.ROOT));
        ArrayNode partitions = json.putArray("partitions");
        for (EngineReport.Partition one : report.partitions()) {
            ObjectNode partition = partitions
                    .addObject()
                    .put("partition", one.number())
                    .put("role", one.standby() ? "copies" : one.restoring() ? "restores" : "judges")
                    .put("eventLag", one.eventLag());
            if (one.stateLag() == Answer.UNKNOWN_LAG) {
                partition.putNull("stateLag");
            } else {
                partition.put("stateLag", one.stateLag());
            }
            partition.put("newestMs", one.newestMs());
        }
        return json;
    }
}
