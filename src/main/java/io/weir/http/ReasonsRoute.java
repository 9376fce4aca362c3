package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.weir.model.RulesChange;
import io.weir.operator.OperatorException;
import io.weir.operator.RecordsJson;
import io.weir.throttle.Reason;
import io.weir.throttle.Rules;
import java.util.List;

/** {@code GET /v1/reasons}: why senders are throttled, with the mode in force; and {@code GET /v1/rules}: what is judged by. */
final class ReasonsRoute {
    private final Engine engine;

    ReasonsRoute(Engine engine) {
        this.engine = engine;
    }

    /** The catalogue is known in any case, the modes when the rules are. */
    void reasons(Context context) {
        Params.only(context);
        Rules rules = null;
        try {
            rules = inForce(engine.served().operators().rules());
        } catch (OperatorException | ProblemException e) {
            // What a reason means does not depend on it.
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", Json.VERSION);
        ArrayNode reasons = json.putArray("reasons");
        for (Reason reason : Reason.values()) {
            ObjectNode one = reasons.addObject()
                    .put("id", reason.id())
                    .put("enhancedStatusCode", reason.enhancedStatusCode())
                    .put("as", reason.as())
                    .put("text", reason.text())
                    .put("meaning", reason.meaning())
                    .put("fix", reason.fix());
            if (rules == null) {
                one.putNull("mode");
            } else {
                one.put("mode", rules.mode(reason).label());
            }
        }
        Json.answer(context, json);
    }

    /** Those in force, and with {@code history} what was in force before, as far as the topic keeps it. */
    void rules(Context context) {
        Params.only(context, "history");
        List<RulesChange> known = engine.served().operators().rules();
        Rules rules = inForce(known);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", Json.VERSION);
        json.put("id", rules.id());
        ObjectNode settings = json.putObject("settings");
        rules.settings().forEach(settings::put);
        if (Params.flag(context, "history")) {
            ArrayNode history = json.putArray("history");
            known.forEach(change -> history.add(RecordsJson.of(change)));
        }
        Json.answer(context, json);
    }

    private static Rules inForce(List<RulesChange> known) {
        return known.isEmpty()
                ? Rules.DEFAULTS
                : Rules.of(known.get(known.size() - 1).settings());
    }
}
