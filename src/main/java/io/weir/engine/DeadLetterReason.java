package io.weir.engine;

/** Why a record went to the dead-letter topic. */
public enum DeadLetterReason {
    /** The value is not what the schema says. */
    MALFORMED("malformed"),
    /** The key is not the network of the event's sender, so the event lies in a partition that does not know the sender. */
    MISPLACED("misplaced"),
    /** {@code occurredAtMs} is after the record's own timestamp, which alone the broker checks. */
    FUTURE("future"),
    /** A rules document that the judgement refuses. */
    RULES("rules"),
    /** The judgement itself failed on it. */
    FAILED("failed");

    private final String label;

    DeadLetterReason(String label) {
        this.label = label;
    }

    /** The word in metrics and in the record's header. */
    public String label() {
        return label;
    }
}
