package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.weir.model.Connector;
import io.weir.operator.ConnectorDraft;
import io.weir.operator.RecordsJson;
import io.weir.operator.Signature;
import io.weir.throttle.ConnectorCheck;
import io.weir.throttle.ConnectorConflicts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /v1/connectors}: whom the site trusts, by name. */
final class ConnectorRoutes {
    /** The name is in the path; of the comment there are two, the connector's own and the change's. */
    private static final List<String> FIELDS = fields();

    private final Engine engine;
    private final Clock clock;

    ConnectorRoutes(Engine engine, Clock clock) {
        this.engine = engine;
        this.clock = clock;
    }

    private static List<String> fields() {
        List<String> fields = new ArrayList<>(ConnectorDraft.FIELDS);
        fields.remove("name");
        return List.copyOf(fields);
    }

    void list(Context context) {
        Params.only(context);
        Map<String, Connector> all = engine.served().operators().connectors();
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", Json.VERSION);
        json.put("asOfMs", clock.millis()).put("clock", "wall");
        ArrayNode connectors = json.putArray("connectors");
        all.values().forEach(connector -> connectors.add(RecordsJson.of(connector)));
        ArrayNode conflicts = json.putArray("conflicts");
        ConnectorConflicts.among(all.values()).forEach(conflicts::add);
        Json.answer(context, json);
    }

    void get(Context context) {
        Params.only(context);
        String name = name(context);
        Connector connector = engine.served().operators().connectors().get(name);
        if (connector == null) {
            throw missing(name);
        }
        Json.answer(context, RecordsJson.of(connector));
    }

    /** What can be said of it without any mail. */
    void validate(Context context) {
        Params.only(context);
        String name = name(context);
        Map<String, Connector> all = engine.served().operators().connectors();
        Connector connector = all.get(name);
        if (connector == null) {
            throw missing(name);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", Json.VERSION);
        json.put("name", name).put("asOfMs", clock.millis()).put("clock", "wall");
        ArrayNode checks = json.putArray("checks");
        ConnectorCheck.of(connector, all.values())
                .forEach(finding -> checks.addObject()
                        .put("grade", finding.grade().label())
                        .put("text", finding.text())
                        .put("fix", finding.fix()));
        Json.answer(context, json);
    }

    /** 201 when there was none. */
    void put(Context context) {
        Params.only(context, "comment");
        String name = name(context);
        ObjectNode body = Body.object(context, FIELDS).put("name", name);
        Served served = engine.served();
        Connector connector = ConnectorDraft.read(body);
        boolean wasThere = served.operators().connectors().containsKey(name);
        Signature by = signature(context);
        served.operators().putConnectors(List.of(connector), by);
        Audit.changed(context, "put connector " + name, by.comment());
        context.status(wasThere ? HttpStatus.OK : HttpStatus.CREATED);
        Json.answer(context, RecordsJson.of(connector));
    }

    void delete(Context context) {
        Params.only(context, "comment");
        String name = name(context);
        Signature by = signature(context);
        engine.served().operators().deleteConnector(name, by);
        Audit.changed(context, "delete connector " + name, by.comment());
        context.status(HttpStatus.NO_CONTENT);
    }

    private Signature signature(Context context) {
        return new Signature(Admission.callerOf(context).name(), Params.text(context, "comment"), clock.millis());
    }

    private static String name(Context context) {
        String name = context.pathParam("name");
        if (!Connector.NAME.matcher(name).matches()) {
            throw ProblemException.bad(
                    "a connector's name has 1 to 64 letters, digits, '.', '_' and '-', and begins with a"
                            + " letter or digit; got '" + Params.shortened(name) + "'");
        }
        return name;
    }

    private static ProblemException missing(String name) {
        return new ProblemException(HttpStatus.NOT_FOUND, "there is no connector " + name);
    }
}
