package io.weir.edge;

import java.io.Serial;

/** The verdicts cannot be read. The message is for an operator: which topic, where, what to do. */
public final class VerdictTopicException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public VerdictTopicException(String message) {
        super(message);
    }

    public VerdictTopicException(String message, Throwable cause) {
        super(message, cause);
    }
}
