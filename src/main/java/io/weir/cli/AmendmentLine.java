package io.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.Amendment;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedEventException;
import java.nio.charset.StandardCharsets;

/** One line of what became known later. It becomes a record of the topic, and is checked as such. */
final class AmendmentLine {
    private static final ObjectMapper JSON = new ObjectMapper();

    private AmendmentLine() {}

    /**
     * Reads it.
     *
     * @param atMs when it became known
     * @throws MalformedEventException when it is no good, saying why
     */
    static Amendment read(EventJson json, String line, String author, long atMs) {
        if (!(parsed(line) instanceof ObjectNode record)) {
            throw new MalformedEventException("must be a JSON object");
        }
        // What a line cannot say: it has no number of an edge, since no edge saw it.
        record.remove("edgeSeq");
        record.put("v", 1).put("kind", "amend").put("edge", author).put("occurredAtMs", atMs);
        Amendment amendment = (Amendment) json.read(record.toString().getBytes(StandardCharsets.UTF_8));
        if (amendment.spam() == 0 && amendment.rejected() == 0) {
            throw new MalformedEventException("spam or rejected must be at least 1");
        }
        return amendment;
    }

    private static Object parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("not JSON");
        }
    }
}
