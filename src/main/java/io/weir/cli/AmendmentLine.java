package io.weir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.Amendment;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedEventException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** One line of what became known later. It becomes a record of the topic, and is checked as such. */
final class AmendmentLine {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String REF_TIME = "refTime";

    private AmendmentLine() {}

    /**
     * Reads it.
     *
     * @param line each of its bytes a character, as {@link io.weir.replay.LineReader} has it; the bytes are UTF-8
     * @param atMs when it became known
     * @throws MalformedEventException when it is no good, saying why
     */
    static Amendment read(EventJson json, String line, String author, long atMs) {
        String text = new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        if (!(parsed(text) instanceof ObjectNode record)) {
            throw new MalformedEventException("must be a JSON object");
        }
        return checked(json, record, author, atMs);
    }

    /** As {@link #read}, of what is parsed already; changes the record. */
    static Amendment checked(EventJson json, ObjectNode record, String author, long atMs) {
        if (record.has(REF_TIME)) {
            record.put("refTimeMs", millis(record.remove(REF_TIME)));
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

    private static long millis(JsonNode time) {
        try {
            return OffsetDateTime.parse(time.asText()).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedEventException("refTime must be a time with its zone, such as 2026-11-24T02:10Z");
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("must be one JSON object: not JSON, or something follows it");
        }
    }
}
