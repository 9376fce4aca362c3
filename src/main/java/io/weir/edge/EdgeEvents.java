package io.weir.edge;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.throttle.Answer;
import org.jspecify.annotations.Nullable;

/** Makes the events of one edge, which get their numbers when they are kept. */
final class EdgeEvents {
    private final String edge;

    EdgeEvents(String edge) {
        this.edge = edge;
    }

    /** A connection that came to nothing. */
    ConnectionEvent bare(ClientAddress client, long atMs) {
        return new ConnectionEvent(
                false,
                edge,
                ConnectionEvent.NO_SEQ,
                atMs,
                client.text(),
                client.sender(),
                Outcome.ABANDONED,
                0,
                0,
                0,
                0,
                0,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }

    /** What became of recipients of a transaction, which the caller holds. */
    ConnectionEvent of(Transaction transaction, Outcome outcome, int recipients, long bytes, long atMs) {
        ClientAddress client = transaction.client();
        return new ConnectionEvent(
                true,
                edge,
                ConnectionEvent.NO_SEQ,
                atMs,
                client.text(),
                client.sender(),
                outcome,
                1,
                recipients,
                transaction.isRetry() ? recipients : 0,
                wouldDefer(transaction.answer()) ? recipients : 0,
                bytes,
                transaction.nullSender(),
                transaction.answer() instanceof Answer.Trusted trusted
                        ? trusted.connector().exemptBy()
                        : null,
                transaction.planned(),
                transaction.facts());
    }

    private static boolean wouldDefer(@Nullable Answer answer) {
        return answer instanceof Answer.WouldDefer || answer instanceof Answer.Braked;
    }
}
