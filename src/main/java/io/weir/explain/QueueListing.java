package io.weir.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What {@code postqueue -j} prints: a JSON object in each line. */
final class QueueListing {
    private static final int MOST_REASONS = 1_000;
    private static final int MOST_DEPTH = 10;
    private static final int MOST_STRING = 64 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxStringLength(MOST_STRING)
                    .build())
            .build();

    private QueueListing() {}

    /** Each recipient's address and the reason of its delay, in one text; empty when it is no such listing. */
    static List<String> reasons(String text) {
        List<String> reasons = new ArrayList<>();
        if (!text.contains("delay_reason")) {
            return reasons;
        }
        try (JsonParser json = JSON.createParser(text)) {
            read(json, reasons);
        } catch (IOException e) {
            // Cut off, or something else behind it: what came before counts.
            return reasons;
        }
        return reasons;
    }

    private static void read(JsonParser json, List<String> reasons) throws IOException {
        String address = "";
        while (reasons.size() < MOST_REASONS && json.nextToken() != null) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                continue;
            }
            if ("address".equals(json.currentName())) {
                address = json.getText();
            } else if ("delay_reason".equals(json.currentName())) {
                reasons.add("to=<" + address + "> " + json.getText());
            }
        }
    }
}
