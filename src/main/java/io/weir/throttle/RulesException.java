package io.weir.throttle;

/** A rules document that cannot be used; the message names the key and what is allowed. */
public final class RulesException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public RulesException(String message) {
        super(message);
    }
}
