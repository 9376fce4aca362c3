package io.weir.edge;

import org.jspecify.annotations.Nullable;

/** An edge cannot start, or can no longer keep events; the message says why. */
public final class EdgeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EdgeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
