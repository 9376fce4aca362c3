package io.weir.engine;

import org.jspecify.annotations.Nullable;

/**
 * A record of {@code smtp-connections} that is not counted and goes to the dead-letter topic. Thrown only while nothing has been written
 * yet: a store is not rolled back when an event is refused. Carries no stack trace, since a flood of such records must stay cheap.
 */
final class RefusedEventException extends RuntimeException {
    private final DeadLetterReason reason;

    RefusedEventException(DeadLetterReason reason, String message) {
        this(reason, message, null);
    }

    RefusedEventException(DeadLetterReason reason, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.reason = reason;
    }

    DeadLetterReason reason() {
        return reason;
    }
}
