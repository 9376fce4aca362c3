package io.weir.replay.log;

import static io.weir.replay.log.PostfixText.NO_QUEUE_ID;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows clients through Postfix's log, from line to line.
 *
 * <pre>
 * smtpd   connect from CLIENT                     a session begins
 * smtpd   NOQUEUE: reject: RCPT from CLIENT: ..   one attempt rejected (deferred, when it was us)
 * smtpd   ID: client=CLIENT                       a transaction begins: the first recipient was accepted
 * cleanup ID: milter-reject: ..                   ... and is rejected after all
 * smtpd   lost connection after DATA ..           ... or abandoned
 * qmgr    ID: from=.., size=.., nrcpt=..          ... or admitted, with all its recipients
 * smtpd   disconnect from CLIENT                  a session without any of these was a bare connection
 * </pre>
 *
 * <p>A transaction is dated by the queue manager's line, not by {@code client=}: until then the message could still be refused or
 * abandoned, and lines are met in that order. {@code nrcpt} counts recipients after aliases are expanded; the log holds nothing nearer
 * to what the client asked for. A client that gives up after RCPT without losing the connection leaves a transaction that never ends;
 * these stay in a table that forgets the oldest at its bound.
 */
final class PostfixTransactions implements FormatReader {
    /** Stages before any sender or recipient is named: a refusal there is no attempt. */
    private static final Set<String> BEFORE_MAIL =
            Set.of("CONNECT", "HELO", "EHLO", "STARTTLS", "AUTH", "VRFY", "ETRN", "XCLIENT", "XFORWARD");

    /** Stages at which the whole message is refused, not one recipient. */
    private static final Set<String> WHOLE_MESSAGE = Set.of("DATA", "BDAT", "END-OF-MESSAGE");

    /** Stages at which an open transaction ends with its connection; at others the message may have been taken already. */
    private static final Set<String> MID_TRANSACTION = Set.of("RCPT", "DATA", "BDAT");

    private static final Set<String> CONTENT_REFUSALS = Set.of("reject", "milter-reject", "discard", "milter-discard");

    private final LogClock clock;
    private final LogClient.Names clients;
    private final BoundedTable<Session> sessions;
    private final BoundedTable<Transaction> transactions;

    private static final class Session {
        final LogClient client;
        boolean attempted;
        boolean authenticated;
        Outcome ending = Outcome.UNKNOWN;
        String openQueueId = "";

        Session(LogClient client) {
            this.client = client;
        }
    }

    private record Transaction(LogClient client, Session session) {}

    PostfixTransactions(LogClock clock, LogClient.Names clients, LogReader.Bounds bounds) {
        this.clock = clock;
        this.clients = clients;
        this.sessions = new BoundedTable<>(bounds.sessions());
        this.transactions = new BoundedTable<>(bounds.transactions());
    }

    @Override
    public void save(StateWriter to) throws IOException {
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
    }

    @Override
    public void load(StateReader from) throws IOException {
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
    }

    @Override
    public Reading read(String text) throws MalformedLineException {
        SyslogLine line = SyslogLine.parse(text, clock);
        if (line.ofSubmission()) {
            return new Reading.Ignored("submission/" + line.daemon());
        }
        return switch (line.daemon()) {
            case "smtpd" -> smtpd(line);
            case "postscreen" -> refusalOrIgnored(line);
            case "cleanup" -> cleanup(line);
            case "qmgr" -> queued(line);
            default -> ignored(line);
        };
    }

    @Override
    public long open() {
        return (long) sessions.size() + transactions.size();
    }

    @Override
    public long forgotten() {
        return sessions.forgotten() + transactions.forgotten();
    }

    private Reading smtpd(SyslogLine line) throws MalformedLineException {
        String text = line.text();
        if (text.startsWith("connect from ")) {
            return connected(line);
        }
        if (text.startsWith("disconnect from ")) {
            return disconnected(line);
        }
        if (text.startsWith("lost connection after ") || text.startsWith("timeout after ")) {
            return brokenOff(line, Outcome.ABANDONED);
        }
        if (text.startsWith("too many errors after ")) {
            return brokenOff(line, Outcome.REJECTED);
        }
        String id = PostfixText.queueId(text);
        if (!id.isEmpty() && text.startsWith("client=", id.length() + 2)) {
            return opened(line, id);
        }
        return refusalOrIgnored(line);
    }

    private Reading connected(SyslogLine line) throws MalformedLineException {
        // The process may have served another client whose end the log lacks.
        sessions.remove(sessionKey(line));
        String address = PostfixText.address(line.text(), 0);
        Optional<LogClient> client = clients.of(address);
        if (client.isEmpty()) {
            return notJudged(line, address);
        }
        sessions.put(sessionKey(line), new Session(client.get()));
        return Reading.NOTED;
    }

    private static Reading notJudged(SyslogLine line, String address) {
        return new Reading.Ignored(line.daemon() + (address.isEmpty() ? "/client without address" : "/local client"));
    }

    private Reading disconnected(SyslogLine line) {
        Session session = sessions.remove(sessionKey(line));
        if (session == null) {
            return new Reading.Ignored("smtpd/disconnect");
        }
        if (session.authenticated) {
            return new Reading.Ignored("smtpd/authenticated client");
        }
        return session.attempted ? Reading.NOTED : event(line, session.client, false, session.ending);
    }

    private Reading brokenOff(SyslogLine line, Outcome outcome) {
        Session session = sessions.get(sessionKey(line));
        if (session == null) {
            return ignored(line);
        }
        session.ending = outcome;
        String stage = PostfixText.word(PostfixText.after(line.text(), " after "));
        Transaction open = MID_TRANSACTION.contains(stage) ? close(line, session.openQueueId) : null;
        return open == null ? Reading.NOTED : event(line, open.client(), true, outcome);
    }

    private Reading opened(SyslogLine line, String id) throws MalformedLineException {
        String address = PostfixText.address(line.text(), id.length());
        Optional<LogClient> client = clients.of(address);
        if (client.isEmpty()) {
            return notJudged(line, address);
        }
        Session session = sessions.computeIfAbsent(sessionKey(line), key -> new Session(client.get()));
        if (line.text().contains(", sasl_")) {
            session.authenticated = true;
            return new Reading.Ignored("smtpd/authenticated client");
        }
        session.attempted = true;
        session.openQueueId = id;
        if (!id.equals(NO_QUEUE_ID)) {
            // An id used before moves to the end of the line of those to be forgotten.
            transactions.remove(transactionKey(line, id));
            transactions.put(transactionKey(line, id), new Transaction(client.get(), session));
        }
        return Reading.NOTED;
    }

    private Reading cleanup(SyslogLine line) {
        String id = PostfixText.queueId(line.text());
        String action = id.isEmpty() ? "" : PostfixText.word(line.text().substring(id.length() + 2));
        Transaction refused = CONTENT_REFUSALS.contains(action) ? close(line, id) : null;
        return refused == null ? ignored(line) : event(line, refused.client(), true, Outcome.REJECTED);
    }

    private Reading queued(SyslogLine line) throws MalformedLineException {
        String text = line.text();
        String id = PostfixText.queueId(text);
        if (id.isEmpty() || !text.startsWith("from=<", id.length() + 2) || !text.endsWith(" (queue active)")) {
            return ignored(line);
        }
        long bytes = PostfixText.number(text, ", size=");
        long recipients = PostfixText.number(text, ", nrcpt=");
        Transaction admitted = close(line, id);
        if (admitted == null) {
            return new Reading.Ignored("qmgr/queued before, or not from a client");
        }
        int counted = (int) Math.min(recipients, ConnectionEvent.MAX_ATTEMPTS);
        boolean nullSender = text.startsWith("from=<>,", id.length() + 2);
        return event(line, admitted.client(), true, Outcome.ADMITTED, 1, counted, bytes, nullSender);
    }

    /** {@code ID: ACTION: STAGE from CLIENT: REPLY; from=<..> ..}, where a proxy filter's actions lack the client. */
    private Reading refusalOrIgnored(SyslogLine line) throws MalformedLineException {
        String text = line.text();
        String id = PostfixText.queueId(text);
        String rest = id.isEmpty() ? "" : text.substring(id.length() + 2);
        String action = PostfixText.word(rest);
        return switch (action) {
            case "reject", "milter-reject", "proxy-reject", "proxy-accept" -> ended(line, id, action, rest);
            default -> ignored(line);
        };
    }

    private Reading ended(SyslogLine line, String id, String action, String rest) throws MalformedLineException {
        String stage = PostfixText.word(PostfixText.after(rest, action + ": "));
        Session session = sessions.get(sessionKey(line));
        boolean named = rest.startsWith(action + ": " + stage + " from ");
        String address = named ? PostfixText.address(rest, action.length() + stage.length()) : "";
        Optional<LogClient> client =
                named ? clients.of(address) : Optional.ofNullable(session).map(known -> known.client);
        if (client.isEmpty()) {
            return notJudged(line, address);
        }
        if (BEFORE_MAIL.contains(stage)) {
            return refusedConnection(line, client.get(), session);
        }
        if (session != null) {
            session.attempted = true;
            // Without a queue id now, so the transaction before is over.
            session.openQueueId = id.equals(NO_QUEUE_ID) ? "" : session.openQueueId;
        }
        if (WHOLE_MESSAGE.contains(stage)) {
            close(line, id);
        }
        boolean nullSender = rest.contains(" from=<>");
        return action.equals("proxy-accept")
                ? event(line, client.get(), true, Outcome.ADMITTED, 1, 1, 0, nullSender)
                : event(line, client.get(), true, refusal(rest), 0, 1, 0, nullSender);
    }

    /** A session tells at its end; postscreen's clients have none. */
    private Reading refusedConnection(SyslogLine line, LogClient client, @Nullable Session session) {
        if (session == null) {
            return event(line, client, false, Outcome.REJECTED);
        }
        session.ending = Outcome.REJECTED;
        return Reading.NOTED;
    }

    /** Our own deferrals are told from other refusals by their text: what Weir put off is not what the site refuses. */
    private static Outcome refusal(String text) {
        return text.contains(": 451 4.7.") && text.contains("temporarily rate limited")
                ? Outcome.DEFERRED
                : Outcome.REJECTED;
    }

    private @Nullable Transaction close(SyslogLine line, String id) {
        Transaction transaction = transactions.remove(transactionKey(line, id));
        if (transaction != null && transaction.session().openQueueId.equals(id)) {
            transaction.session().openQueueId = "";
        }
        return transaction;
    }

    private static Reading event(SyslogLine line, LogClient client, boolean transaction, Outcome outcome) {
        return event(line, client, transaction, outcome, 0, transaction ? 1 : 0, 0, false);
    }

    private static Reading event(
            SyslogLine line,
            LogClient client,
            boolean transaction,
            Outcome outcome,
            int messages,
            int recipients,
            long bytes,
            boolean nullSender) {
        return Reading.of(client.event(
                transaction, line.host(), line.timeMs(), outcome, messages, recipients, bytes, nullSender));
    }

    private static Reading ignored(SyslogLine line) {
        if (line.daemon().isEmpty()) {
            return new Reading.Ignored(PostfixText.word(line.program()));
        }
        String id = PostfixText.queueId(line.text());
        String said = id.isEmpty() ? line.text() : line.text().substring(id.length() + 2);
        return new Reading.Ignored(PostfixText.word(line.daemon()) + "/" + PostfixText.word(said));
    }

    private static String sessionKey(SyslogLine line) {
        return line.host() + "[" + line.pid();
    }

    private static String transactionKey(SyslogLine line, String id) {
        return line.host() + " " + id;
    }
}
