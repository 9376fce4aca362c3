package io.weir.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The document that is served, and what it says of an answer. */
final class OpenApiDocument {
    private final JsonNode document = read();

    private static JsonNode read() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode json() {
        return document;
    }

    /** Each operation as {@code GET /path}. */
    Map<String, JsonNode> operations() {
        Map<String, JsonNode> operations = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(one ->
                                operations.put(one.getKey().toUpperCase() + " " + path.getKey(), one.getValue())));
        return operations;
    }

    /** What the document says about a status; missing when it does not mention it. */
    JsonNode response(String operation, int status) {
        JsonNode response = operations().get(operation).path("responses").path(Integer.toString(status));
        String ref = response.path("$ref").asText();
        return ref.isEmpty() ? response : document.at(ref.substring(1));
    }

    /** What is wrong with an answer, by the document; empty when nothing is. */
    List<String> problems(String operation, int status, String contentType, String body) {
        JsonNode response = response(operation, status);
        if (response.isMissingNode()) {
            return List.of(operation + " may not answer " + status);
        }
        if (!response.has("content")) {
            return body.isEmpty() ? List.of() : List.of(operation + " has no body with " + status);
        }
        JsonNode schema = response.path("content").path(contentType).path("schema");
        if (schema.isMissingNode()) {
            return List.of(operation + " with " + status + " may not be " + contentType);
        }
        return contentType.endsWith("json") ? validate((ObjectNode) schema, body) : List.of();
    }

    List<String> validate(ObjectNode schema, String body) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole.toString(), InputFormat.JSON);
        return compiled.validate(body, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
