package io.weir.operator;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** What an operator wants cannot be done. The message is one line: what, where, and what is allowed or to be done. */
public final class OperatorException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Whose fault it is. */
    public enum Kind {
        /** What was given can mean nothing. */
        INVALID,
        /** There is no such thing. */
        MISSING,
        /** Not now, or not so many: what is there speaks against it. */
        CONFLICT,
        /** Kafka does not let this process do it. */
        FORBIDDEN,
        /** Kafka does not answer, or what it holds is not read yet. */
        UNREACHABLE
    }

    public OperatorException(Kind kind, String message) {
        this(kind, message, null);
    }

    public OperatorException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static OperatorException invalid(String message) {
        return new OperatorException(Kind.INVALID, message);
    }
}
