package io.weir.edge;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Transactions under way, by the {@code instance} that the MTA gives each. An SMTP session has one transaction at a time, and a policy
 * connection serves one session: a new instance on a connection ends the one before. One that nobody ends is over after {@link #LONGEST_MS} of
 * silence, or when there are too many and it is the oldest.
 */
final class Transactions {
    /** Postfix waits 300 s for a client's next command. */
    static final long LONGEST_MS = 600_000;

    private static final int MOST = 100_000;

    private final Map<String, Transaction> underWay = new LinkedHashMap<>();
    private final Map<Object, String> current = new LinkedHashMap<>();

    /** A transaction that goes on, or begins, and those that ended by it. */
    record Turn(Transaction transaction, List<Transaction> ended) {}

    /** @param connection whose end, or next instance, ends this one; null when it says nothing of it */
    synchronized Turn of(String instance, @Nullable Object connection, Supplier<Transaction> begin) {
        List<Transaction> ended = new ArrayList<>(0);
        String before = connection == null ? null : current.put(connection, instance);
        if (before != null && !before.equals(instance)) {
            end(before, ended);
        }
        Transaction known = underWay.get(instance);
        if (known == null) {
            known = begin.get();
            underWay.put(instance, known);
            if (underWay.size() > MOST) {
                end(underWay.keySet().iterator().next(), ended);
            }
        }
        return new Turn(known, ended);
    }

    /** Takes the transaction out; null when it is not known. */
    synchronized @Nullable Transaction finish(String instance) {
        return underWay.remove(instance);
    }

    synchronized List<Transaction> closed(Object connection) {
        List<Transaction> ended = new ArrayList<>(0);
        String before = current.remove(connection);
        if (before != null) {
            end(before, ended);
        }
        return ended;
    }

    /** Those that have been silent for too long. */
    synchronized List<Transaction> silentAt(long nowMs) {
        List<Transaction> ended = new ArrayList<>();
        for (Iterator<Transaction> all = underWay.values().iterator(); all.hasNext(); ) {
            Transaction transaction = all.next();
            if (nowMs - transaction.lastMs() > LONGEST_MS) {
                all.remove();
                ended.add(transaction);
            }
        }
        return ended;
    }

    private void end(String instance, List<Transaction> ended) {
        Transaction transaction = underWay.remove(instance);
        if (transaction != null) {
            ended.add(transaction);
        }
    }

    synchronized int size() {
        return underWay.size();
    }
}
