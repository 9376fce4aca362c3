package io.weir.replay.offline;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.replay.offline.Decision.Fate;

/** What the attempts of one event were answered, and the events an edge would have sent of it. */
final class Answers {
    private final ConnectionEvent event;
    private final long atMs;
    private int passed;
    private int passedRetries;
    private int wouldDefer;
    private int deferred;
    private int deferredRetries;

    Answers(ConnectionEvent event) {
        this(event, event.occurredAtMs());
    }

    /** @param atMs when they were tried this time */
    Answers(ConnectionEvent event, long atMs) {
        this.event = event;
        this.atMs = atMs;
    }

    void add(Fate fate, int attempts, boolean isRetry) {
        int retries = isRetry ? attempts : 0;
        switch (fate) {
            case ADMITTED -> pass(attempts, retries, 0);
            case WOULD_DEFER -> pass(attempts, retries, attempts);
            case DEFERRED -> {
                deferred += attempts;
                deferredRetries += retries;
            }
        }
    }

    private void pass(int attempts, int retries, int shadowed) {
        passed += attempts;
        passedRetries += retries;
        wouldDefer += shadowed;
    }

    /** What was deferred is told at once, the rest when it is in. */
    void judgedBy(Desk desk, int partition) {
        if (deferred > 0) {
            desk.judge(partition, part(Outcome.DEFERRED, deferred, deferredRetries, 0));
        }
        if (passed > 0) {
            desk.judge(partition, part(Flow.passed(event), passed, passedRetries, wouldDefer));
        }
    }

    /** Without a number: an engine would take the second of two parts for a duplicate. */
    private ConnectionEvent part(Outcome outcome, int attempts, int retries, int wouldHaveDeferred) {
        return new ConnectionEvent(
                true,
                event.edge(),
                ConnectionEvent.NO_SEQ,
                atMs,
                event.clientAddress(),
                event.sender(),
                outcome,
                Math.min(event.messages(), attempts),
                attempts,
                retries,
                wouldHaveDeferred,
                outcome == Outcome.DEFERRED ? 0 : event.bytes() * attempts / event.recipients(),
                event.nullSender(),
                null,
                ConnectionEvent.Facts.NONE);
    }
}
