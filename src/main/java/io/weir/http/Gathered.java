package io.weir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One page of a list, put together from what the engines of a site tell, each of its partitions; of a partition with several copies the best. */
final class Gathered {
    private final Map<Integer, JsonNode> best = new TreeMap<>();
    private int partitions;

    /** @param page as {@link ThrottledJson} has it */
    void add(JsonNode page) {
        partitions = Math.max(partitions, page.path("partitions").asInt());
        for (JsonNode part : page.path("parts")) {
            best.merge(part.path("partition").asInt(), part, Gathered::better);
        }
    }

    /** Who judges knows best; then the copy that lacks least. */
    private static JsonNode better(JsonNode one, JsonNode other) {
        return badness(one) <= badness(other) ? one : other;
    }

    private static long badness(JsonNode part) {
        long lag = part.path("lag").asLong();
        return part.path("standby").asBoolean() ? lag < 0 ? Long.MAX_VALUE : lag + 1 : 0;
    }

    /**
     * Answers with a page.
     *
     * @param from the first partition that belongs on it
     * @return {@code items}, {@code next}, {@code complete} and the partitions {@code missing}; {@code newestMs} of what was looked at
     */
    ObjectNode page(int from, int limit) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode items = json.putArray("items");
        List<Integer> missing = new ArrayList<>();
        boolean isStandby = false;
        String next = "";
        for (int number = from; number < partitions && next.isEmpty(); number++) {
            JsonNode part = best.get(number);
            if (part == null) {
                missing.add(number);
                continue;
            }
            isStandby |= part.path("standby").asBoolean();
            next = fill(items, part, limit);
            boolean isLast = number == partitions - 1;
            if (next.isEmpty() && items.size() == limit && !isLast) {
                next = items.get(limit - 1).path("position").asText();
            }
        }
        json.put("next", next);
        json.put("complete", missing.isEmpty() && partitions > 0);
        ArrayNode away = json.putArray("missingPartitions");
        missing.forEach(away::add);
        json.put("standby", isStandby);
        return json;
    }

    /** The position to go on from when the page is full or the part has more; empty otherwise. */
    private static String fill(ArrayNode items, JsonNode part, int limit) {
        JsonNode senders = part.path("senders");
        for (JsonNode sender : senders) {
            if (items.size() == limit) {
                return items.get(limit - 1).path("position").asText();
            }
            items.add(sender);
        }
        return part.path("next").asText();
    }

    /** Greatest event time of any part; 0 when there is none. */
    long newestMs() {
        return best.values().stream()
                .mapToLong(part -> part.path("newestMs").asLong())
                .max()
                .orElse(0);
    }

    boolean isEmpty() {
        return best.isEmpty();
    }
}
