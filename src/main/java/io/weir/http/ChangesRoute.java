package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.weir.model.OperatorChange;
import io.weir.operator.RecordsJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/changes?kind&key&limit}: who changed an override or a connector, when and why; the newest first. */
final class ChangesRoute {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final List<String> KINDS =
            List.of("", OperatorChange.Kind.OVERRIDE.label(), OperatorChange.Kind.CONNECTOR.label());

    private final Engine engine;

    ChangesRoute(Engine engine) {
        this.engine = engine;
    }

    void list(Context context) {
        Params.only(context, "kind", "key", "limit");
        OperatorChange.@Nullable Kind kind =
                OperatorChange.Kind.of(Params.oneOf(context, "kind", KINDS)).orElse(null);
        String key = Params.text(context, "key");
        int limit = Params.number(context, "limit", 1, MOST, USUAL);
        List<OperatorChange> found = engine.served().operators().changes().stream()
                .filter(change -> kind == null || change.kind() == kind)
                .filter(change -> key.isEmpty() || change.key().equals(key))
                .limit(limit + 1L)
                .toList();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", Json.VERSION);
        ArrayNode changes = json.putArray("changes");
        found.stream().limit(limit).forEach(change -> changes.add(RecordsJson.of(change)));
        json.put("more", found.size() > limit);
        Json.answer(context, json);
    }
}
