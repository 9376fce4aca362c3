package io.weir.edge;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what one client does more than {@value #SINGLE} times in a second, per outcome: an attack must not become as many events as it has
 * attempts. Sums are due when their second is over. For one thread.
 */
final class HotClients {
    static final int SINGLE = 5;

    private static final long SECOND_MS = 1_000;
    private static final int MOST_CLIENTS = 100_000;

    private final Map<Key, Seen> seen = new LinkedHashMap<>();
    private long second;

    private record Key(
            String client,
            Outcome outcome,
            boolean transaction,
            boolean nullSender,
            @Nullable String exemptBy) {}

    private static final class Seen {
        private int count;
        private @Nullable ConnectionEvent sum;
    }

    /** Whether the event goes on by itself; otherwise it is in a sum. What was due before it has been asked for. */
    boolean passes(ConnectionEvent event) {
        Key key = new Key(
                event.clientAddress(), event.outcome(), event.transaction(), event.nullSender(), event.exemptBy());
        if (seen.size() >= MOST_CLIENTS && !seen.containsKey(key)) {
            return true;
        }
        Seen client = seen.computeIfAbsent(key, first -> new Seen());
        if (++client.count <= SINGLE) {
            return true;
        }
        ConnectionEvent before = client.sum;
        if (before != null && (long) before.recipients() + event.recipients() > ConnectionEvent.MAX_ATTEMPTS) {
            return true;
        }
        client.sum = before == null ? event : sum(before, event);
        return false;
    }

    /** The facts are those of the last. */
    private static ConnectionEvent sum(ConnectionEvent a, ConnectionEvent b) {
        return new ConnectionEvent(
                b.transaction(),
                b.edge(),
                b.edgeSeq(),
                Math.max(a.occurredAtMs(), b.occurredAtMs()),
                b.clientAddress(),
                b.sender(),
                b.outcome(),
                a.messages() + b.messages(),
                a.recipients() + b.recipients(),
                a.retries() + b.retries(),
                a.wouldDefer() + b.wouldDefer(),
                a.bytes() + b.bytes(),
                b.nullSender(),
                b.exemptBy(),
                b.facts());
    }

    /**
     * The sums of seconds that are over.
     *
     * @param atMs time of the next event; {@link Long#MAX_VALUE} when none has come for a while
     */
    List<ConnectionEvent> due(long atMs) {
        if (seen.isEmpty() || atMs / SECOND_MS == second) {
            second = atMs / SECOND_MS;
            return List.of();
        }
        List<ConnectionEvent> sums = new ArrayList<>();
        for (Seen client : seen.values()) {
            if (client.sum != null) {
                sums.add(client.sum);
            }
        }
        seen.clear();
        second = atMs / SECOND_MS;
        return sums;
    }
}
