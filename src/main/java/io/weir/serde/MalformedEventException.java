package io.weir.serde;

/** A record on {@code smtp-connections} that cannot be understood. */
public final class MalformedEventException extends MalformedRecordException {
    public MalformedEventException(String message) {
        super(message);
    }
}
