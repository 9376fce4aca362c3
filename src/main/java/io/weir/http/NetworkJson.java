package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.Verdict;
import io.weir.throttle.NetworkView;
import io.weir.throttle.SenderView;
import org.jspecify.annotations.Nullable;

/** What is known of a network, as {@code /v1/networks/ADDRESS/BITS} tells it. Volumes are recipients; times are milliseconds since the epoch. */
final class NetworkJson {
    private NetworkJson() {}

    /** @param verdict the record of the throttle in force, when it can be had */
    static ObjectNode of(NetworkView view, @Nullable Verdict verdict) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("v", Json.VERSION);
        json.put("network", view.network().text());
        json.put("established", view.established());
        json.put("active", view.active());
        json.put("newSendersToday", view.newSendersToday());
        json.put("overflowAttemptsToday", view.overflowAttemptsToday());
        json.put("vouches", view.vouches());
        json.put("listed", view.isComplete());
        ArrayNode spared = json.putArray("spared");
        view.spared().forEach(spared::add);
        SenderView newcomers = view.newcomers();
        if (newcomers == null) {
            json.putNull("newcomers");
            return json;
        }
        ObjectNode together = json.putObject("newcomers");
        together.put("learning", newcomers.learning());
        together.set("budgets", SenderJson.budgets(newcomers.budgets()));
        together.set("today", SenderJson.today(newcomers));
        together.set("throttle", SenderJson.throttle(newcomers.inForce(), verdict));
        together.set("ramp", SenderJson.ramp(newcomers));
        return json;
    }
}
