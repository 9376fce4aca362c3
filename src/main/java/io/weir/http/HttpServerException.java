package io.weir.http;

import java.io.Serial;

/** The server could not start. The message is one line for an operator: what, where, and what to do about it. */
public final class HttpServerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    HttpServerException(String message) {
        super(message);
    }

    HttpServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
