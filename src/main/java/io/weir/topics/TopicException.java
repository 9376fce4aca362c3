package io.weir.topics;

import java.io.Serial;

/** A topic file is wrong, or a cluster's topics cannot be brought in line with it. The message is for an operator: where, what, what to do. */
public final class TopicException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TopicException(String message) {
        super(message);
    }

    public TopicException(String message, Throwable cause) {
        super(message, cause);
    }
}
