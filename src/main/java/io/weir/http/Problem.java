package io.weir.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/**
 * An error as RFC 9457 has it. The status says what kind it is, so the type is always {@code about:blank}.
 *
 * @param detail one sentence for whoever asked: what is wrong, and what to do
 */
record Problem(HttpStatus status, String detail) {
    static final String CONTENT_TYPE = "application/problem+json";

    void writeTo(Context response) {
        response.status(status).contentType(CONTENT_TYPE).result(json());
    }

    String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "about:blank");
        json.put("title", status.getMessage());
        json.put("status", status.getCode());
        json.put("detail", detail);
        return json.toString();
    }
}
