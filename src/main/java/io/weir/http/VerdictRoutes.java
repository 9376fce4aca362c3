package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseHandler;
import io.weir.operator.RecordsJson;
import io.weir.operator.VerdictFeed;
import io.weir.throttle.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/verdicts}: the newest verdicts of the whole site; {@code /v1/verdicts/stream}: those to come, as server-sent events. */
final class VerdictRoutes implements AutoCloseable {
    private static final String EVENTS = "text/event-stream";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int USUAL = 100;

    private final Engine engine;
    private final VerdictStreams streams = new VerdictStreams();

    VerdictRoutes(Engine engine) {
        this.engine = engine;
    }

    /** Oldest first, since that is how they are read. */
    void list(Context context) {
        Params.only(context, "reason", "limit");
        Reason reason = Params.reason(context);
        int limit = Params.number(context, "limit", 1, VerdictFeed.MOST, USUAL);
        Served served = engine.served();
        List<VerdictFeed.Entry> newest = served.verdicts().newest();
        List<VerdictFeed.Entry> wanted =
                newest.stream().filter(entry -> isWanted(entry, reason)).toList();
        long newestMs =
                newest.isEmpty() ? 0 : newest.get(newest.size() - 1).verdict().decidedAtMs();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", Json.VERSION);
        served.moment().addTo(json, served.moment().at(newestMs));
        ArrayNode verdicts = json.putArray("verdicts");
        wanted.subList(Math.max(0, wanted.size() - limit), wanted.size())
                .forEach(entry -> verdicts.add(RecordsJson.of(entry.verdict())));
        json.put("more", wanted.size() > limit);
        json.put("lastId", newest.isEmpty() ? "" : newest.get(newest.size() - 1).id());
        Json.answer(context, json);
    }

    private static boolean isWanted(VerdictFeed.Entry entry, @Nullable Reason reason) {
        return reason == null || entry.verdict().reason().equals(reason.id());
    }

    /** Goes on behind the event whose id {@code Last-Event-ID} names, as long as that is kept. */
    void stream(Context context) throws Exception {
        Params.only(context, "reason");
        Reason reason = Params.reason(context);
        VerdictFeed feed = engine.served().verdicts();
        String accept = context.header("Accept");
        if (accept == null || !accept.contains(EVENTS)) {
            throw new ProblemException(
                    HttpStatus.NOT_ACCEPTABLE, "this is a stream of events; ask for it with Accept: " + EVENTS);
        }
        if (!streams.reserve()) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "there are " + VerdictStreams.MOST + " streams already; try again",
                    Map.of("Retry-After", Long.toString(RETRY_AFTER.toSeconds())));
        }
        String after = context.header("Last-Event-ID");
        String lastId = after == null || after.length() > 64 ? "" : after;
        try {
            new SseHandler(0, client -> streams.run(client, feed, lastId, entry -> isWanted(entry, reason)))
                    .handle(context);
        } catch (RuntimeException e) {
            streams.release();
            throw e;
        }
    }

    @Override
    public void close() {
        streams.close();
    }
}
