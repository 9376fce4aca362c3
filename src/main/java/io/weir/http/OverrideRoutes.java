package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weir.model.OperatorOverride;
import io.weir.operator.OverrideDraft;
import io.weir.operator.RecordsJson;
import io.weir.operator.Signature;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** {@code /v1/overrides}: operators' own verdicts, by target: {@code ADDRESS}, {@code ADDRESS/BITS} or {@code pool:NAME}. */
final class OverrideRoutes {
    private static final List<String> FIELDS = OverrideDraft.FIELDS.stream()
            .filter(field -> !field.equals("target"))
            .toList();

    private final Engine engine;
    private final Clock clock;

    OverrideRoutes(Engine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    void list(Context context) {
        Params.only(context, "expired");
        boolean withExpired = Params.flag(context, "expired");
        long nowMs = clock.millis();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", Json.VERSION);
        json.put("asOfMs", nowMs).put("clock", "wall");
        ArrayNode overrides = json.putArray("overrides");
        engine.served().operators().overrides().values().stream()
                .filter(override -> withExpired || !override.isOverAt(nowMs))
                .forEach(override -> overrides.add(RecordsJson.of(override)));
        Json.answer(context, json);
    }

    void get(Context context) {
        Params.only(context);
        String target = target(context);
        OperatorOverride override = engine.served().operators().overrides().get(target);
        if (override == null) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "there is no override of " + target);
        }
        Json.answer(context, RecordsJson.of(override));
    }

    /** 201 when there was none. */
    void put(Context context) {
        Params.only(context);
        String target = target(context);
        ObjectNode body = Body.object(context, FIELDS).put("target", target);
        Served served = engine.served();
        OperatorOverride override =
                OverrideDraft.read(body).signed(Admission.callerOf(context).name(), clock.millis());
        Map<String, OperatorOverride> before = served.operators().overrides();
        served.operators().putOverrides(List.of(override));
        Audit.changed(context, "put override " + target, override.comment());
        context.status(before.containsKey(target) ? HttpStatus.OK : HttpStatus.CREATED);
        Json.answer(context, RecordsJson.of(override));
    }

    void delete(Context context) {
        Params.only(context, "comment");
        String target = target(context);
        Signature by =
                new Signature(Admission.callerOf(context).name(), Params.text(context, "comment"), clock.millis());
        engine.served().operators().deleteOverride(target, by);
        Audit.changed(context, "delete override " + target, by.comment());
        context.status(HttpStatus.NO_CONTENT);
    }

    private static String target(Context context) {
        String bits = context.pathParamMap().get("bits");
        return OverrideDraft.canonical(context.pathParam("address") + (bits == null ? "" : "/" + bits));
    }
}
