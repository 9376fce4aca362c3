package io.weir.replay;

import java.io.Serial;

/** What was named cannot be read as history; the message says what it is, and what is allowed. */
public final class HistoryException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    HistoryException(String message) {
        super(message);
    }
}
