package io.weir.http;

import java.util.Map;
import java.util.function.BiConsumer;

/** What every answer tells a browser: to keep nothing, run nothing, show it in no frame and guess no type. */
final class Headers {
    static final String STRICT_TRANSPORT = "Strict-Transport-Security";
    static final String A_YEAR = "max-age=31536000";

    private static final Map<String, String> ALL = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    private Headers() {}

    static void forEach(BiConsumer<String, String> header) {
        ALL.forEach(header);
    }
}
