package io.weir.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** {@code GET /v1/openapi.json}: what can be asked, and what is answered, in OpenAPI 3.1. */
final class OpenApiRoute implements Handler {
    private static final String RESOURCE = "/openapi.json";

    private final byte[] document = read();

    private static byte[] read() {
        try (InputStream in = OpenApiRoute.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("no " + RESOURCE + " on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handle(Context context) {
        Params.only(context);
        context.contentType(Json.TYPE).result(document);
    }
}
