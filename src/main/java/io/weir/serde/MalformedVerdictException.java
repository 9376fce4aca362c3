package io.weir.serde;

/** A record on {@code smtp-verdicts} that cannot be understood. */
public final class MalformedVerdictException extends MalformedRecordException {
    public MalformedVerdictException(String message) {
        super(message);
    }
}
