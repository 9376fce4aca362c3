package io.weir.replay.log;

import io.weir.model.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is open between Postfix's lines: sessions by process, transactions by queue id, each of one host. */
final class PostfixTables {
    private final BoundedTable<Session> sessions;
    private final BoundedTable<Transaction> transactions;
    private final HostNames hosts = new HostNames();

    static final class Session {
        final LogClient client;
        boolean attempted;
        boolean authenticated;
        Outcome ending = Outcome.UNKNOWN;
        String openQueueId = "";

        Session(LogClient client) {
            this.client = client;
        }
    }

    record Transaction(LogClient client, Session session) {}

    PostfixTables(LogReader.Bounds bounds) {
        this.sessions = new BoundedTable<>(bounds.sessions());
        this.transactions = new BoundedTable<>(bounds.transactions());
    }

    /** Each line, before anything is asked about it. */
    void met(SyslogLine line) {
        hosts.met(line.host());
    }

    /** The session of the line's process; null when its beginning is not in the log. */
    @Nullable
    Session session(SyslogLine line) {
        Session session = sessions.get(line.process());
        String former = session == null ? hosts.former(line.host()) : null;
        if (former == null) {
            return session;
        }
        Session moved = sessions.remove(former + "[" + line.pid());
        if (moved != null) {
            sessions.put(line.process(), moved);
        }
        return moved;
    }

    Session beginSession(SyslogLine line, LogClient client) {
        Session session = new Session(client);
        sessions.put(line.process(), session);
        return session;
    }

    @Nullable
    Session endSession(SyslogLine line) {
        Session session = session(line);
        sessions.remove(line.process());
        return session;
    }

    void beginTransaction(SyslogLine line, String id, LogClient client, Session session) {
        // An id used before moves to the end of the line of those to be forgotten.
        transactions.remove(key(line.host(), id));
        transactions.put(key(line.host(), id), new Transaction(client, session));
    }

    @Nullable
    Transaction endTransaction(SyslogLine line, String id) {
        Transaction transaction = transactions.remove(key(line.host(), id));
        String former = transaction == null ? hosts.former(line.host()) : null;
        if (former != null) {
            transaction = transactions.remove(key(former, id));
        }
        if (transaction != null && transaction.session().openQueueId.equals(id)) {
            transaction.session().openQueueId = "";
        }
        return transaction;
    }

    long open() {
        return (long) sessions.size() + transactions.size();
    }

    long forgotten() {
        return sessions.forgotten() + transactions.forgotten();
    }

    void save(StateWriter to) throws IOException {
        Map<Session, Integer> numbers = new IdentityHashMap<>();
        to.number(sessions.size());
        for (Map.Entry<String, Session> entry : sessions.entrySet()) {
            Session session = entry.getValue();
            numbers.put(session, numbers.size());
            to.text(entry.getKey());
            session.client.save(to);
            to.flag(session.attempted);
            to.flag(session.authenticated);
            to.text(session.ending.name());
            to.text(session.openQueueId);
        }
        to.number(transactions.size());
        for (Map.Entry<String, Transaction> entry : transactions.entrySet()) {
            to.text(entry.getKey());
            entry.getValue().client().save(to);
            to.number(numbers.getOrDefault(entry.getValue().session(), -1));
        }
        hosts.save(to);
    }

    /** Puts back what was saved, into tables that are empty. */
    void load(StateReader from, LogClient.Names clients) throws IOException {
        List<Session> numbered = new ArrayList<>();
        for (long left = from.number(); left > 0; left--) {
            String key = from.text();
            Session session = new Session(clients.load(from));
            session.attempted = from.flag();
            session.authenticated = from.flag();
            session.ending = Outcome.valueOf(from.text());
            session.openQueueId = from.text();
            numbered.add(session);
            sessions.put(key, session);
        }
        for (long left = from.number(); left > 0; left--) {
            String key = from.text();
            LogClient client = clients.load(from);
            int number = (int) from.number();
            // A session that has ended is in no table: no line can ask for what it was.
            Session session = number < 0 ? new Session(client) : numbered.get(number);
            transactions.put(key, new Transaction(client, session));
        }
        if (from.hasMore()) {
            hosts.load(from);
        }
    }

    private static String key(String host, String id) {
        return host + " " + id;
    }
}
