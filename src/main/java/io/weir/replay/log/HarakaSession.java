package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.io.IOException;

/** What Haraka's log has told of one session so far. */
final class HarakaSession {
    final LogClient client;
    /** Refused attempts that were told. */
    int refused;

    boolean attempted;
    /** A sender was accepted, and nothing is decided. */
    boolean open;

    boolean nullSender;
    int accepted;
    long bytes;

    HarakaSession(LogClient client) {
        this.client = client;
    }

    void begin(boolean isNullSender) {
        open = true;
        nullSender = isNullSender;
        accepted = 0;
        bytes = 0;
    }

    /** All of a message's recipients. */
    ConnectionEvent decided(String edge, long timeMs, Outcome outcome) {
        attempted = true;
        return client.message(edge, timeMs, outcome, accepted, outcome == Outcome.ADMITTED ? bytes : 0, nullSender);
    }

    /** Recipients of no message. */
    ConnectionEvent attempts(String edge, long timeMs, Outcome outcome, int recipients) {
        attempted = true;
        return client.attempts(edge, timeMs, outcome, recipients, nullSender);
    }

    void save(StateWriter to) throws IOException {
        client.save(to);
        to.number(refused);
        to.flag(attempted);
        to.flag(open);
        to.flag(nullSender);
        to.number(accepted);
        to.number(bytes);
    }

    static HarakaSession load(StateReader from, LogClient.Names clients) throws IOException {
        HarakaSession session = new HarakaSession(clients.load(from));
        session.refused = (int) from.number();
        session.attempted = from.flag();
        session.open = from.flag();
        session.nullSender = from.flag();
        session.accepted = (int) from.number();
        session.bytes = from.number();
        return session;
    }
}
