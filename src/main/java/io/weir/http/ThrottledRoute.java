package io.weir.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.weir.engine.Answer;
import io.weir.engine.EngineAddress;
import io.weir.engine.Queries;
import io.weir.engine.ThrottledFilter;
import io.weir.engine.ThrottledSenders;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * {@code GET /v1/senders?throttled&network&reason&limit&cursor}: who is throttled now, page by page. Each engine is asked for its partitions;
 * what cannot be had in time is said to be missing.
 */
final class ThrottledRoute {
    /** Where engines ask each other. */
    static final String BETWEEN_ENGINES = "/v1/peer/throttled";

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final ObjectMapper mapper = new ObjectMapper();
    private final Engine engine;
    private final Peers peers;

    ThrottledRoute(Engine engine, Peers peers) {
        this.engine = engine;
        this.peers = peers;
    }

    /** Which page is wanted. */
    private record Page(ThrottledFilter filter, String cursor, int limit) {
        static Page of(Context request) {
            Params.only(request, "throttled", "alarms", "network", "reason", "limit", "cursor");
            String network = Params.text(request, "network");
            ThrottledFilter filter = new ThrottledFilter(
                    network.isEmpty() ? null : network, Params.reason(request), Params.flag(request, "alarms"));
            return new Page(filter, Params.text(request, "cursor"), Params.number(request, "limit", 1, MOST, USUAL));
        }

        /** As it goes to another engine. */
        String query() {
            StringBuilder query = new StringBuilder("?limit=")
                    .append(limit)
                    .append("&cursor=")
                    .append(cursor);
            if (filter.network() != null) {
                query.append("&network=").append(URLEncoder.encode(filter.network(), StandardCharsets.UTF_8));
            }
            if (filter.reason() != null) {
                query.append("&reason=").append(filter.reason().id());
            }
            return query.append(filter.alarms() ? "&alarms=true" : "").toString();
        }

        int firstPartition() {
            return cursor.isEmpty() ? 0 : Integer.parseInt(cursor.substring(0, 4), 16);
        }
    }

    /** For whoever asks. */
    void list(Context context) {
        Served served = engine.served();
        if (!Params.flag(context, "throttled") && !Params.flag(context, "alarms")) {
            throw ProblemException.bad("give throttled or alarms: those are the senders that can be listed; others are"
                    + " asked for one by one, /v1/senders/ADDRESS");
        }
        Page page = Page.of(context);
        Gathered gathered = new Gathered();
        Answer<ThrottledSenders> here = here(served.queries(), page);
        if (here instanceof Answer.Local<ThrottledSenders> local) {
            gathered.add(ThrottledJson.of(local.value()));
        }
        List<EngineAddress> others = served.queries().others();
        peers.askAll(others, BETWEEN_ENGINES + page.query(), PATIENCE)
                .values()
                .forEach(reply -> gathered.add(parsed(reply)));
        if (gathered.isEmpty()) {
            throw ProblemException.unavailable("no engine tells who is throttled at the moment", RETRY_AFTER);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", Json.VERSION);
        served.moment().addTo(json, served.moment().at(gathered.newestMs()));
        json.setAll(gathered.page(page.firstPartition(), page.limit()));
        Json.answer(context, json);
    }

    /** For other engines. */
    void part(Context context) {
        Answer<ThrottledSenders> here = here(engine.served().queries(), Page.of(context));
        Json.answer(context, ThrottledJson.of(new Source().value(here)));
    }

    private static Answer<ThrottledSenders> here(Queries queries, Page page) {
        try {
            return queries.here().throttled(page.filter(), page.cursor(), page.limit());
        } catch (IllegalArgumentException e) {
            throw ProblemException.bad(String.valueOf(e.getMessage()));
        }
    }

    private JsonNode parsed(Peers.Reply reply) {
        try {
            return reply.status() == 200 ? mapper.readTree(reply.body()) : mapper.missingNode();
        } catch (JsonProcessingException e) {
            return mapper.missingNode();
        } catch (IOException e) {
            return mapper.missingNode();
        }
    }
}
