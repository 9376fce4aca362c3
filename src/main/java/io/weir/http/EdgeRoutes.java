package io.weir.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v1/edge}: what the edge is doing, what it would decide, and its brake. */
final class EdgeRoutes {
    private static final int MOST_TEXT = 512;

    private final ObjectMapper json = new ObjectMapper();
    private volatile @Nullable EdgeAdmin edge;

    /** From now on there is an edge. */
    void serve(EdgeAdmin admin) {
        edge = admin;
    }

    void addTo(JavalinConfig config) {
        config.routes.get("/v1/edge", allowed((admin, context) -> answer(context, admin.status())));
        config.routes.get("/v1/edge/probe", allowed(this::probe));
        config.routes.delete("/v1/edge/brake", allowed(this::release));
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
                context.header("WWW-Authenticate", "Bearer");
                new Problem(HttpStatus.UNAUTHORIZED, "this takes the edge's token, as 'Authorization: Bearer ...'")
                        .writeTo(context);
                return;
            }
            asked.handle(admin, context);
        };
    }

    private void probe(EdgeAdmin admin, Context context) throws JsonProcessingException {
        try {
            answer(
                    context,
                    admin.probe(new EdgeAdmin.Question(
                            text(context, "address"),
                            text(context, "sender"),
                            text(context, "recipient"),
                            flag(context, "tls"),
                            text(context, "certificate"),
                            text(context, "fingerprint"),
                            flag(context, "authenticated"))));
        } catch (IllegalArgumentException e) {
            new Problem(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage())).writeTo(context);
        }
    }

    private void release(EdgeAdmin admin, Context context) throws JsonProcessingException {
        answer(context, Map.of("released", admin.releaseBrake()));
    }

    private static String text(Context context, String name) {
        String text = context.queryParam(name);
        if (text != null && text.length() > MOST_TEXT) {
            throw new IllegalArgumentException(name + " may have " + MOST_TEXT + " characters");
        }
        return text == null ? "" : text;
    }

    private static boolean flag(Context context, String name) {
        return "true".equals(context.queryParam(name));
    }

    private void answer(Context context, Object value) throws JsonProcessingException {
        context.contentType("application/json").result(json.writeValueAsString(value));
    }
}
