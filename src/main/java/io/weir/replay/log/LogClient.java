package io.weir.replay.log;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import java.io.IOException;
import java.util.Optional;

/**
 * A client that a log names, and whom it counts for.
 *
 * @param address canonical text
 */
record LogClient(String address, SenderKey sender) {
    /** How the addresses of one log are read. */
    record Names(int ipv6Prefix, Senders senders) {
        /**
         * Empty for clients that are never judged: loopback, private addresses, and what the site leaves out.
         *
         * @param text an address, or nothing when the log has none
         * @throws MalformedLineException when it is something else
         */
        Optional<LogClient> of(String text) throws MalformedLineException {
            if (text.isEmpty()) {
                return Optional.empty();
            }
            try {
                return of(ClientAddress.parse(text, ipv6Prefix));
            } catch (IllegalArgumentException e) {
                throw new MalformedLineException(String.valueOf(e.getMessage()));
            }
        }

        private Optional<LogClient> of(ClientAddress client) {
            SenderKey sender = senders.of(client);
            if (sender == null || (client.exempt() && sender.poolName() == null)) {
                return Optional.empty();
            }
            return Optional.of(new LogClient(client.text(), sender));
        }

        /** What {@link #save} wrote; whom it counts for may have changed since, yet it counts. */
        LogClient load(StateReader from) throws IOException {
            ClientAddress client = ClientAddress.parse(from.text(), ipv6Prefix);
            SenderKey sender = senders.of(client);
            return new LogClient(client.text(), sender == null ? client.sender() : sender);
        }
    }

    void save(StateWriter to) throws IOException {
        to.text(address);
    }

    /** A connection without a transaction. */
    ConnectionEvent connection(String edge, long timeMs, Outcome outcome) {
        return event(false, edge, timeMs, outcome, 0, 0, 0, false);
    }

    /** Recipients of no message, or of one that was told already. */
    ConnectionEvent attempts(String edge, long timeMs, Outcome outcome, int recipients, boolean nullSender) {
        return event(true, edge, timeMs, outcome, 0, recipients, 0, nullSender);
    }

    /** All recipients of a message, which counts as one when it is admitted. */
    ConnectionEvent message(String edge, long timeMs, Outcome outcome, int recipients, long bytes, boolean nullSender) {
        int messages = outcome == Outcome.ADMITTED ? 1 : 0;
        return event(true, edge, timeMs, outcome, messages, recipients, bytes, nullSender);
    }

    /** What a log tells of transactions or a connection: no sequence, and never whether it was a retry. */
    ConnectionEvent event(
            boolean transaction,
            String edge,
            long timeMs,
            Outcome outcome,
            int messages,
            int recipients,
            long bytes,
            boolean nullSender) {
        return new ConnectionEvent(
                transaction,
                edge,
                ConnectionEvent.NO_SEQ,
                timeMs,
                address,
                sender,
                outcome,
                messages,
                recipients,
                0,
                0,
                bytes,
                nullSender,
                null,
                ConnectionEvent.Facts.NONE);
    }
}
