package io.weir.edge.policy;

import org.jspecify.annotations.Nullable;

/** The policy port cannot be opened; the message names it and what can be done. */
public final class PolicyServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PolicyServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
