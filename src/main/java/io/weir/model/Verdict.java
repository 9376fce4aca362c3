package io.weir.model;

import java.util.List;

/**
 * What edges shall do with one sender until {@code expiresAtMs}; a record on {@code smtp-verdicts}.
 *
 * @param client text of the sender or network: the record's key
 * @param action throttle or allow
 * @param mode whether edges act on it or only report
 * @param admit share of attempts to let through, 0.01 to 1
 * @param replyCode SMTP reply code, 451
 * @param enhancedStatusCode RFC 3463 code of the reason, 4.7.500 to 4.7.699
 * @param as anti-spam number of the reason
 * @param reason id of the reason in the catalogue
 * @param caseId unguessable id printed in the reply; leads to the explanation
 * @param horizonMs the span over which the allowance was exceeded, milliseconds
 * @param observed recipients attempted within the horizon; may be below the allowance, of which only a part may come at once
 * @param record the sender's record for the horizon, recipients
 * @param allowance what it may send within the horizon, recipients
 * @param exempt senders that a network verdict spares; empty for a sender's verdict
 * @param decidedAtMs event time of the decision
 * @param expiresAtMs from this moment edges ignore it
 * @param seq larger than any earlier verdict's of this client
 * @param rules id of the rules it was judged by
 */
public record Verdict(
        String client,
        Action action,
        Mode mode,
        double admit,
        int replyCode,
        String enhancedStatusCode,
        int as,
        String reason,
        String caseId,
        long horizonMs,
        long observed,
        long record,
        long allowance,
        List<String> exempt,
        long decidedAtMs,
        long expiresAtMs,
        long seq,
        String rules) {
    public Verdict {
        exempt = List.copyOf(exempt);
    }

    /** Whether it is about what a client sends by a connector, which trusts it: people are told, and edges never look it up. */
    public boolean alarms() {
        return SenderKey.isVia(client);
    }

    /** What edges shall do. */
    public enum Action {
        THROTTLE("throttle"),
        ALLOW("allow");

        private final String label;

        Action(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
