package io.weir.demo;

import java.io.Serial;

/** The demo cannot go on. The message is for the person in front of it. */
public final class DemoException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public DemoException(String message) {
        super(message);
    }

    public DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
