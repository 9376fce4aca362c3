package io.weir.http;

import io.javalin.http.Context;
import io.weir.explain.Bounce;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A form as a browser sends it. Read here, since what is pasted is larger than all else that the server takes. */
record Form(String body) {
    /** Each byte of what was pasted may have become three. */
    static final int MOST_BYTES = 3 * Bounce.MOST_BYTES + 4 * 1024;

    /** Null when it is too large. */
    static @Nullable Form of(Context context) throws IOException {
        byte[] body = read(context, MOST_BYTES);
        return body == null ? null : new Form(new String(body, StandardCharsets.ISO_8859_1));
    }

    /** The body, whatever length is announced; null when it is longer than {@code most}. */
    static byte @Nullable [] read(Context context, int most) throws IOException {
        byte[] body = context.bodyInputStream().readNBytes(most + 1);
        return body.length > most ? null : body;
    }

    /** The first field of that name; empty when there is none, or it is no such text. */
    String field(String name) {
        for (String pair : body.split("&")) {
            if (pair.startsWith(name + "=")) {
                try {
                    return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return "";
                }
            }
        }
        return "";
    }
}
