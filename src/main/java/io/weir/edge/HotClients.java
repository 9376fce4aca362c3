package io.weir.edge;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sums up what one client does more than {@value #SINGLE} times in a second, per outcome: an attack must not become as many events as it has
 * attempts. Who shares a place among the counts with such a client may be summed up sooner. Sums are due when their second is over. For one thread.
 */
final class HotClients {
    static final int SINGLE = 5;

    private static final long SECOND_MS = 1_000;
    private static final int MOST_CLIENTS = 100_000;

    /** A power of two. */
    private static final int PLACES = 1 << 16;

    /** Events of the second by the hash of what sums them up: while a place has few, so has each client in it, and nothing need be looked up. */
    private final byte[] counts = new byte[PLACES];

    private final Map<Key, ConnectionEvent> sums = new LinkedHashMap<>();
    private long second;

    private record Key(
            String client,
            Outcome outcome,
            boolean transaction,
            boolean nullSender,
            @Nullable String exemptBy,
            long planned) {}

    /** Whether the event goes on by itself; otherwise it is in a sum. What was due before it has been asked for. */
    boolean passes(ConnectionEvent event) {
        if (isRare(event)) {
            return true;
        }
        Key key = new Key(
                event.clientAddress(),
                event.outcome(),
                event.transaction(),
                event.nullSender(),
                event.exemptBy(),
                event.planned());
        if (sums.size() >= MOST_CLIENTS && !sums.containsKey(key)) {
            return true;
        }
        ConnectionEvent before = sums.get(key);
        if (before != null && (long) before.recipients() + event.recipients() > ConnectionEvent.MAX_ATTEMPTS) {
            return true;
        }
        sums.put(key, before == null ? event : sum(before, event));
        return false;
    }

    private boolean isRare(ConnectionEvent event) {
        int hash = 31 * event.clientAddress().hashCode() + event.outcome().ordinal();
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        if (counts[place] >= SINGLE) {
            return false;
        }
        counts[place]++;
        return true;
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
                b.planned(),
                b.facts());
    }

    /**
     * The sums of seconds that are over.
     *
     * @param atMs time of the next event; {@link Long#MAX_VALUE} when none has come for a while
     */
    List<ConnectionEvent> due(long atMs) {
        if (atMs / SECOND_MS == second) {
            return List.of();
        }
        second = atMs / SECOND_MS;
        Arrays.fill(counts, (byte) 0);
        List<ConnectionEvent> due = List.copyOf(sums.values());
        sums.clear();
        return due;
    }
}
