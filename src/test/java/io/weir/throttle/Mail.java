package io.weir.throttle;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends in one event, without time and place.
 *
 * @param recipients attempts in the event
 * @param retries those of them that the edge remembers having deferred
 * @param wouldDefer those of them that a shadow verdict would have deferred
 */
record Mail(Outcome outcome, int recipients, int retries, int wouldDefer, boolean nullSender) {
    static Mail admitted(int recipients) {
        return new Mail(Outcome.ADMITTED, recipients, 0, 0, false);
    }

    static Mail deferred(int recipients) {
        return new Mail(Outcome.DEFERRED, recipients, 0, 0, false);
    }

    static Mail rejected(int recipients) {
        return new Mail(Outcome.REJECTED, recipients, 0, 0, false);
    }

    static Mail bounces(int recipients) {
        return new Mail(Outcome.ADMITTED, recipients, 0, 0, true);
    }

    /** All of it has been deferred before. */
    Mail retried() {
        return new Mail(outcome, recipients, recipients, wouldDefer, nullSender);
    }

    Mail with(Outcome other) {
        return new Mail(other, recipients, retries, wouldDefer, nullSender);
    }

    Mail withWouldDefer(int share) {
        return new Mail(outcome, recipients, retries, share, nullSender);
    }

    /** The event an edge writes about it. */
    ConnectionEvent from(String address, long atMs) {
        return from(address, atMs, null);
    }

    /** @param connector name of the one that trusts the client, or null */
    ConnectionEvent from(String address, long atMs, @Nullable String connector) {
        return new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                atMs,
                address,
                ClientAddress.parse(address).sender(),
                outcome,
                1,
                recipients,
                retries,
                wouldDefer,
                0,
                nullSender,
                connector == null ? null : "connector:" + connector,
                ConnectionEvent.Facts.NONE);
    }
}
