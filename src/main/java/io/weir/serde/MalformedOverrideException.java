package io.weir.serde;

/** A record on {@code smtp-overrides} that cannot be understood. */
public final class MalformedOverrideException extends MalformedRecordException {
    public MalformedOverrideException(String message) {
        super(message);
    }
}
