package io.weir.replay.offline;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.throttle.Throttle;

/** What becomes of recorded mail on one of the ways. */
interface Flow {
    /** An event that counts. */
    void take(int partition, ConnectionEvent event);

    /** Nothing more was recorded: what is still under way comes to its end. */
    void end();

    /**
     * Whether edges are asked about such mail: what the server itself refused is not, since its own checks come first, and neither is what
     * is exempt.
     *
     * @param byEdges whether what is recorded as deferred was deferred by verdicts
     */
    static boolean faces(ConnectionEvent event, boolean byEdges) {
        if (!Throttle.counts(event)) {
            return false;
        }
        return switch (event.outcome()) {
            case ADMITTED, ABANDONED, UNKNOWN -> true;
            case DEFERRED -> byEdges;
            case REJECTED -> false;
        };
    }

    /** How many transactions an event stands for: each has one answer. */
    static int transactions(ConnectionEvent event) {
        return Math.max(1, Math.min(event.messages(), event.recipients()));
    }

    /** Recipients of one of the transactions of an event, as even as it goes. */
    static int recipients(ConnectionEvent event, int transaction) {
        int all = transactions(event);
        return event.recipients() / all + (transaction < event.recipients() % all ? 1 : 0);
    }

    /** The outcome of what an edge admits. */
    static Outcome passed(ConnectionEvent event) {
        return event.outcome() == Outcome.DEFERRED ? Outcome.ADMITTED : event.outcome();
    }
}
