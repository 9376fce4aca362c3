package io.weir.config;

import java.io.Serial;

/** A setting is missing, unknown or bad. The message is one line for an operator: which, what, where from, what is allowed. */
public final class WeirConfigException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public WeirConfigException(String message) {
        super(message);
    }

    public WeirConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
