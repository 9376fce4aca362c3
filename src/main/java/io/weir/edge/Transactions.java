package io.weir.edge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Transactions under way, by the {@code instance} that the MTA gives each. An SMTP session has one transaction at a time, and a policy
 * connection serves one session: a new instance on a connection ends the one before. One that nobody ends, and whose connection is not known, is
 * over after {@link #LONGEST_MS} of silence, or when there are too many and it is the oldest. A large message on a slow line takes longer than that:
 * what is over may still turn out to have been accepted.
 */
final class Transactions {
    /** Postfix waits 300 s for a client's next command. */
    static final long LONGEST_MS = 600_000;

    private static final int MOST = 100_000;
    private static final int MOST_PAST = 20_000;

    private final Map<String, Transaction> underWay = new LinkedHashMap<>();
    private final Map<Object, String> current = new LinkedHashMap<>();
    /** Over without an accepted message, as far as can be told, though a recipient of it passed: without one there is no message to accept. */
    private final Map<String, Transaction> past = new LinkedHashMap<>();

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

    /** Takes the transaction out, which was over already if it was taken for given up; null when it is not known. */
    synchronized @Nullable Transaction finish(String instance) {
        Transaction transaction = underWay.remove(instance);
        return transaction == null ? past.remove(instance) : transaction;
    }

    synchronized List<Transaction> closed(Object connection) {
        List<Transaction> ended = new ArrayList<>(0);
        String before = current.remove(connection);
        if (before != null) {
            end(before, ended);
        }
        return ended;
    }

    /** Those that have been silent for too long; while its connection is open, the one that was asked about there last is never that. */
    synchronized List<Transaction> silentAt(long nowMs) {
        Set<String> held = new HashSet<>(current.values());
        List<String> silent = new ArrayList<>();
        underWay.forEach((instance, transaction) -> {
            if (nowMs - transaction.lastMs() > LONGEST_MS && !held.contains(instance)) {
                silent.add(instance);
            }
        });
        List<Transaction> ended = new ArrayList<>(silent.size());
        silent.forEach(instance -> end(instance, ended));
        return ended;
    }

    private void end(String instance, List<Transaction> ended) {
        Transaction transaction = underWay.remove(instance);
        if (transaction != null) {
            ended.add(transaction);
            if (transaction.hasAdmitted()) {
                remember(instance, transaction);
            }
        }
    }

    private void remember(String instance, Transaction transaction) {
        past.put(instance, transaction);
        if (past.size() > MOST_PAST) {
            past.remove(past.keySet().iterator().next());
        }
    }

    synchronized int size() {
        return underWay.size();
    }
}
