package io.weir.broker;

import java.io.Serial;

/** The broker could not start. The message is one line for an operator: what, where, and what to do about it. */
public final class EmbeddedBrokerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    EmbeddedBrokerException(String message) {
        super(message);
    }

    EmbeddedBrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
