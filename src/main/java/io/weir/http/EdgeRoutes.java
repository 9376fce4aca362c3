package io.weir.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v1/edge}: what the edge is doing, what it would decide, and its brake. */
final class EdgeRoutes {
    private final ObjectMapper json = new ObjectMapper();
    private volatile @Nullable EdgeAdmin edge;

    /** From now on there is an edge. */
    void serve(EdgeAdmin admin) {
        edge = admin;
    }

    List<Route> all() {
        return List.of(
                Route.get("/v1/edge", Right.EDGE, allowed((admin, context) -> answer(context, admin.status()))),
                Route.get("/v1/edge/probe", Right.EDGE, allowed(this::probe)),
                Route.delete("/v1/edge/brake", Right.EDGE, allowed(this::release)));
    }

    @FunctionalInterface
    private interface Asked {
        void handle(EdgeAdmin admin, Context context) throws JsonProcessingException;
    }

    /** Without the token nobody learns whether there is an edge. */
    private Handler allowed(Asked asked) {
        return context -> {
            EdgeAdmin admin = edge;
            String shown = context.header("Authorization");
            if (admin == null || !admin.isAllowed(shown == null ? "" : shown)) {
                throw new ProblemException(
                        HttpStatus.UNAUTHORIZED,
                        "this takes the edge's token, as 'Authorization: Bearer ...'",
                        Map.of("WWW-Authenticate", "Bearer"));
            }
            asked.handle(admin, context);
        };
    }

    private void probe(EdgeAdmin admin, Context context) throws JsonProcessingException {
        try {
            answer(
                    context,
                    admin.probe(new EdgeAdmin.Question(
                            Params.text(context, "address"),
                            Params.text(context, "sender"),
                            Params.text(context, "recipient"),
                            flag(context, "tls"),
                            Params.text(context, "certificate"),
                            Params.text(context, "fingerprint"),
                            flag(context, "authenticated"))));
        } catch (IllegalArgumentException e) {
            throw ProblemException.bad(String.valueOf(e.getMessage()));
        }
    }

    private void release(EdgeAdmin admin, Context context) throws JsonProcessingException {
        answer(context, Map.of("released", admin.releaseBrake()));
    }

    private static boolean flag(Context context, String name) {
        return "true".equals(context.queryParam(name));
    }

    private void answer(Context context, Object value) throws JsonProcessingException {
        context.contentType("application/json").result(json.writeValueAsString(value));
    }
}
