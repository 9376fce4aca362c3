package io.weir.replay.offline;

import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;

/** Sees what happens on a way through the past, in the order of event time as far as the past itself is in order. */
public interface Observer {
    /** Mail that counts, as it was recorded; told when it has been judged. */
    default void recorded(int partition, ConnectionEvent event) {}

    default void decided(Decision decision) {}

    default void judged(Verdict verdict) {}

    /**
     * A sender has given attempts up.
     *
     * @param sinceMs when they were tried first
     */
    default void givenUp(SenderKey sender, int attempts, long sinceMs) {}

    /** Tells one but what happens from a moment on, milliseconds since the epoch. */
    static Observer since(long ms, Observer one) {
        return new Observer() {
            @Override
            public void recorded(int partition, ConnectionEvent event) {
                if (event.occurredAtMs() >= ms) {
                    one.recorded(partition, event);
                }
            }

            @Override
            public void decided(Decision decision) {
                if (decision.sinceMs() >= ms) {
                    one.decided(decision);
                }
            }

            @Override
            public void judged(Verdict verdict) {
                if (verdict.decidedAtMs() >= ms) {
                    one.judged(verdict);
                }
            }

            @Override
            public void givenUp(SenderKey sender, int attempts, long sinceMs) {
                if (sinceMs >= ms) {
                    one.givenUp(sender, attempts, sinceMs);
                }
            }
        };
    }

    /** Each of several, in their order. */
    static Observer all(Iterable<? extends Observer> observers) {
        return new Observer() {
            @Override
            public void recorded(int partition, ConnectionEvent event) {
                observers.forEach(one -> one.recorded(partition, event));
            }

            @Override
            public void decided(Decision decision) {
                observers.forEach(one -> one.decided(decision));
            }

            @Override
            public void judged(Verdict verdict) {
                observers.forEach(one -> one.judged(verdict));
            }

            @Override
            public void givenUp(SenderKey sender, int attempts, long sinceMs) {
                observers.forEach(one -> one.givenUp(sender, attempts, sinceMs));
            }
        };
    }
}
