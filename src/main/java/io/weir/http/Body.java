package io.weir.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What comes with a request: one JSON object, bounded. */
final class Body {
    /** The largest connector. */
    static final int MOST_BYTES = 512 * 1024;

    private static final int MOST_NESTING = 16;
    private static final ObjectMapper MAPPER = mapper();

    private Body() {}

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MOST_NESTING)
                        .build());
        return mapper;
    }

    /**
     * Reads it.
     *
     * @param fields those that it may have: what a slip of the pen leaves out may be what protects
     * @throws ProblemException when it is none, too large, of another type, or has another field
     */
    static ObjectNode object(Context request, List<String> fields) {
        String type = request.contentType();
        if (type == null || !type.split(";", 2)[0].trim().equalsIgnoreCase(Json.TYPE)) {
            throw new ProblemException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "the body must be JSON, and Content-Type say so: application/json",
                    Map.of("Accept", Json.TYPE));
        }
        ObjectNode json = parsed(bytes(request));
        json.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw ProblemException.bad(
                        "unknown field '" + Params.shortened(field) + "'; allowed are " + String.join(", ", fields));
            }
        });
        return json;
    }

    private static ObjectNode parsed(byte[] bytes) {
        try {
            if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw ProblemException.bad("the body is no JSON: " + Params.shortened(e.getOriginalMessage()));
        } catch (IOException e) {
            throw ProblemException.bad("the body cannot be read");
        }
        throw ProblemException.bad("the body must be one JSON object");
    }

    /** Whatever Content-Length says, no more is read. */
    static byte[] bytes(Context request) {
        try {
            byte[] bytes = request.req().getInputStream().readNBytes(MOST_BYTES + 1);
            if (bytes.length <= MOST_BYTES) {
                return bytes;
            }
        } catch (IOException e) {
            throw ProblemException.bad("the body did not come whole");
        }
        throw new ProblemException(HttpStatus.CONTENT_TOO_LARGE, "a body may have " + MOST_BYTES + " bytes");
    }
}
