package io.weir.engine;

import org.jspecify.annotations.Nullable;

/** The engine cannot start or go on. The message is one line that names what and where, and what to do about it. */
public final class EngineException extends RuntimeException {
    public EngineException(String message) {
        this(message, null);
    }

    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
