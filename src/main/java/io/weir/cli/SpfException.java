package io.weir.cli;

import org.jspecify.annotations.Nullable;

/** An SPF record that cannot be had or not be read; the message says whose, and what is wrong. */
final class SpfException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpfException(String message) {
        this(message, null);
    }

    SpfException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
