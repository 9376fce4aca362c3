package io.weir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.engine.ThrottledSenders;
import io.weir.operator.RecordsJson;

/** What one engine knows of throttled senders, as engines tell each other. */
final class ThrottledJson {
    private ThrottledJson() {}

    static ObjectNode of(ThrottledSenders page) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("partitions", page.partitions());
        ArrayNode parts = json.putArray("parts");
        for (ThrottledSenders.Part part : page.parts()) {
            ObjectNode one = parts.addObject()
                    .put("partition", part.partition())
                    .put("standby", part.standby())
                    .put("lag", part.lag())
                    .put("newestMs", part.newestMs())
                    .put("next", part.next());
            ArrayNode senders = one.putArray("senders");
            for (ThrottledSenders.Sender sender : part.senders()) {
                ObjectNode item =
                        senders.addObject().put("position", sender.position()).put("client", sender.client());
                if (sender.verdict() == null) {
                    item.putNull("verdict");
                } else {
                    item.set("verdict", RecordsJson.of(sender.verdict()));
                }
                item.set("throttle", SenderJson.throttle(sender.inForce(), sender.verdict()));
            }
        }
        return json;
    }
}
