package io.weir.simulate;

import io.weir.model.Outcome;

/** What an attempt came to. */
public enum Reply {
    /** The message is in. */
    ACCEPTED,
    /** Its recipients do not exist. */
    REJECTED,
    /** We said: later. */
    DEFERRED,
    /** Nobody answered: our line or our server was down. */
    UNREACHABLE;

    /** That of an attempt that nobody defers. */
    public static Reply passed(Mail mail) {
        return mail.isRejected() ? REJECTED : ACCEPTED;
    }

    public static Reply of(Outcome outcome) {
        return switch (outcome) {
            case DEFERRED -> DEFERRED;
            case REJECTED -> REJECTED;
            case ADMITTED, ABANDONED, UNKNOWN -> ACCEPTED;
        };
    }

    /** What an edge's event says of an answered attempt. */
    public Outcome outcome() {
        return switch (this) {
            case ACCEPTED -> Outcome.ADMITTED;
            case REJECTED -> Outcome.REJECTED;
            case DEFERRED -> Outcome.DEFERRED;
            case UNREACHABLE -> Outcome.ABANDONED;
        };
    }

    /** Whether the sender keeps the message in its queue. */
    boolean keepsWaiting() {
        return this == DEFERRED || this == UNREACHABLE;
    }
}
