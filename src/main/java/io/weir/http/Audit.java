package io.weir.http;

import io.javalin.http.Context;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log {@code audit}: every change, whoever makes it, and every change that was refused for lack of a right. */
final class Audit {
    private static final Logger log = LoggerFactory.getLogger("audit");

    private Audit() {}

    /** @param what in words, with the key of what was changed */
    static void changed(Context request, String what, String comment) {
        log.info(
                "author={} address={} changed={} comment={}",
                Admission.callerOf(request).name(),
                request.ip(),
                what,
                comment);
    }

    static void refused(Context request, String who, String why) {
        log.warn(
                "author={} address={} refused={} {} reason={}",
                who,
                request.ip(),
                request.method().name(),
                request.req().getRequestURI(),
                why);
    }
}
