package io.weir.serde;

/** A record on {@code smtp-changes} that cannot be understood. */
public final class MalformedChangeException extends MalformedRecordException {
    public MalformedChangeException(String message) {
        super(message);
    }
}
