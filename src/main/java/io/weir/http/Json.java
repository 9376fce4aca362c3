package io.weir.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;

/** How answers are written. */
final class Json {
    static final String TYPE = "application/json";
    static final int VERSION = 1;

    private Json() {}

    static void answer(Context response, JsonNode json) {
        response.contentType(TYPE).result(json.toString());
    }
}
