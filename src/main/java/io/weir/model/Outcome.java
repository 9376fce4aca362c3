package io.weir.model;

/** What became of an attempt, as the edge saw it. */
public enum Outcome {
    /** The message was accepted for the recipient: this alone is volume. */
    ADMITTED("admitted"),
    /** Answered 451 by us. */
    DEFERRED("deferred"),
    /** Refused for another reason, such as an unknown recipient. */
    REJECTED("rejected"),
    /** The client went away before the end of the message. */
    ABANDONED("abandoned"),
    /** The MTA cannot tell. */
    UNKNOWN("unknown");

    private final String label;

    Outcome(String label) {
        this.label = label;
    }

    /** The word on the wire and in metrics. */
    public String label() {
        return label;
    }
}
