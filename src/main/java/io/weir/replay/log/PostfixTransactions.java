package io.weir.replay.log;

import static io.weir.replay.log.LogText.NO_QUEUE_ID;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.replay.log.PostfixTables.Session;
import io.weir.replay.log.PostfixTables.Transaction;
import java.io.IOException;
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
final class PostfixTransactions implements ResumableReader {
    /** Stages before any sender or recipient is named: a refusal there is no attempt. */
    private static final Set<String> BEFORE_MAIL =
            Set.of("CONNECT", "HELO", "EHLO", "STARTTLS", "AUTH", "VRFY", "ETRN", "XCLIENT", "XFORWARD");

    /** Stages at which the whole message is refused, not one recipient. */
    private static final Set<String> WHOLE_MESSAGE = Set.of("DATA", "BDAT", "END-OF-MESSAGE");

    /** Stages at which an open transaction ends with its connection; at others the message may have been taken already. */
    private static final Set<String> MID_TRANSACTION = Set.of("RCPT", "DATA", "BDAT");

    private static final Set<String> CONTENT_REFUSALS = Set.of("reject", "milter-reject", "discard", "milter-discard");

    private final SyslogReader syslog;
    private final LogClient.Names clients;
    private final PostfixTables tables;
    private final RepeatedLine repeated = new RepeatedLine();

    PostfixTransactions(LogClock clock, LogClient.Names clients, LogReader.Bounds bounds) {
        this.syslog = new SyslogReader(clock);
        this.clients = clients;
        this.tables = new PostfixTables(bounds);
    }

    @Override
    public Reading read(String text) throws MalformedLineException {
        SyslogLine line = syslog.read(text);
        tables.met(line);
        return repeated.read(line, this::follow);
    }

    private Reading follow(SyslogLine line) throws MalformedLineException {
        if (line.program().ofSubmission()) {
            return new Reading.Ignored("submission/" + line.daemon());
        }
        return switch (line.daemon()) {
            case "smtpd" -> smtpd(line);
            case "postscreen" -> refusalOrIgnored(line, LogText.queueId(line.text()));
            case "cleanup" -> cleanup(line);
            case "qmgr" -> queued(line);
            default -> ignored(line);
        };
    }

    private Reading smtpd(SyslogLine line) throws MalformedLineException {
        String text = line.text();
        if (text.startsWith("connect from ")) {
            return connected(line);
        }
        if (text.startsWith("disconnect from ")) {
            return disconnected(line);
        }
        String id = LogText.queueId(text);
        int said = id.isEmpty() ? 0 : id.length() + 2;
        if (text.startsWith("lost connection after ", said) || text.startsWith("timeout after ", said)) {
            return brokenOff(line, Outcome.ABANDONED);
        }
        if (text.startsWith("too many errors after ", said)) {
            return brokenOff(line, Outcome.REJECTED);
        }
        return said > 0 && text.startsWith("client=", said) ? opened(line, id) : refusalOrIgnored(line, id);
    }

    private Reading connected(SyslogLine line) throws MalformedLineException {
        // The process may have served another client whose end the log lacks.
        tables.endSession(line);
        String address = LogText.address(line.text(), 0);
        Optional<LogClient> client = clients.of(address);
        if (client.isEmpty()) {
            return notJudged(line, address);
        }
        tables.beginSession(line, client.get());
        return Reading.NOTED;
    }

    private static Reading notJudged(SyslogLine line, String address) {
        return new Reading.Ignored(line.daemon() + (address.isEmpty() ? "/client without address" : "/local client"));
    }

    private Reading disconnected(SyslogLine line) {
        Session session = tables.endSession(line);
        if (session == null) {
            return new Reading.Ignored("smtpd/disconnect");
        }
        if (session.authenticated) {
            return new Reading.Ignored("smtpd/authenticated client");
        }
        return session.attempted ? Reading.NOTED : event(line, session.client, false, session.ending);
    }

    private Reading brokenOff(SyslogLine line, Outcome outcome) {
        Session session = tables.session(line);
        if (session == null) {
            return ignored(line);
        }
        session.ending = outcome;
        String stage = LogText.word(LogText.after(line.text(), " after "));
        Transaction open = MID_TRANSACTION.contains(stage) ? tables.endTransaction(line, session.openQueueId) : null;
        return open == null ? Reading.NOTED : event(line, open.client(), true, outcome);
    }

    private Reading opened(SyslogLine line, String id) throws MalformedLineException {
        String address = LogText.address(line.text(), id.length());
        Optional<LogClient> client = clients.of(address);
        if (client.isEmpty()) {
            return notJudged(line, address);
        }
        Session known = tables.session(line);
        Session session = known == null ? tables.beginSession(line, client.get()) : known;
        if (line.text().contains(", sasl_")) {
            session.authenticated = true;
            return new Reading.Ignored("smtpd/authenticated client");
        }
        session.attempted = true;
        session.openQueueId = id;
        if (!id.equals(NO_QUEUE_ID)) {
            tables.beginTransaction(line, id, client.get(), session);
        }
        return Reading.NOTED;
    }

    private Reading cleanup(SyslogLine line) {
        String id = LogText.queueId(line.text());
        String action = id.isEmpty() ? "" : LogText.word(line.text().substring(id.length() + 2));
        Transaction refused = CONTENT_REFUSALS.contains(action) ? tables.endTransaction(line, id) : null;
        return refused == null ? ignored(line) : event(line, refused.client(), true, Outcome.REJECTED);
    }

    private Reading queued(SyslogLine line) throws MalformedLineException {
        String text = line.text();
        String id = LogText.queueId(text);
        if (id.isEmpty() || !text.startsWith("from=<", id.length() + 2) || !text.endsWith(" (queue active)")) {
            return ignored(line);
        }
        long bytes = LogText.number(text, ", size=");
        long recipients = LogText.number(text, ", nrcpt=");
        Transaction admitted = tables.endTransaction(line, id);
        if (admitted == null) {
            return new Reading.Ignored("qmgr/queued before, or not from a client");
        }
        int counted = (int) Math.min(recipients, ConnectionEvent.MAX_ATTEMPTS);
        boolean nullSender = text.startsWith("from=<>,", id.length() + 2);
        return event(line, admitted.client(), true, Outcome.ADMITTED, 1, counted, bytes, nullSender);
    }

    /** {@code ID: ACTION: STAGE from CLIENT: REPLY; from=<..> ..}, where a proxy filter's actions lack the client. */
    private Reading refusalOrIgnored(SyslogLine line, String id) throws MalformedLineException {
        String rest = id.isEmpty() ? "" : line.text().substring(id.length() + 2);
        String action = LogText.word(rest);
        return switch (action) {
            case "reject", "discard", "milter-reject", "proxy-reject", "proxy-accept" -> ended(line, id, action, rest);
            default -> ignored(line);
        };
    }

    private Reading ended(SyslogLine line, String id, String action, String rest) throws MalformedLineException {
        String stage = LogText.word(LogText.after(rest, action + ": "));
        Session session = tables.session(line);
        boolean named = rest.startsWith(action + ": " + stage + " from ");
        String address = named ? LogText.address(rest, action.length() + stage.length()) : "";
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
            tables.endTransaction(line, id);
        }
        boolean nullSender = rest.contains(" from=<>");
        return action.equals("proxy-accept")
                ? event(line, client.get(), true, Outcome.ADMITTED, 1, 1, 0, nullSender)
                : event(
                        line,
                        client.get(),
                        true,
                        Refusals.outcome(reply(rest, action, stage, named)),
                        0,
                        1,
                        0,
                        nullSender);
    }

    /** Behind {@code ACTION: STAGE from NAME[ADDRESS]: } or {@code ACTION: STAGE: }; the address may have a port behind it. */
    private static String reply(String rest, String action, String stage, boolean named) {
        int from = action.length() + stage.length();
        return LogText.after(rest.substring(named ? rest.indexOf(']', from) : from), ": ");
    }

    /** A session tells at its end; postscreen's clients have none. */
    private static Reading refusedConnection(SyslogLine line, LogClient client, @Nullable Session session) {
        if (session == null) {
            return event(line, client, false, Outcome.REJECTED);
        }
        session.ending = Outcome.REJECTED;
        return Reading.NOTED;
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
            return new Reading.Ignored(LogText.word(line.program().name()));
        }
        String id = LogText.queueId(line.text());
        String said = id.isEmpty() ? line.text() : line.text().substring(id.length() + 2);
        return new Reading.Ignored(LogText.word(line.daemon()) + "/" + LogText.word(said));
    }

    @Override
    public long open() {
        return tables.open();
    }

    @Override
    public long forgotten() {
        return tables.forgotten();
    }

    @Override
    public void save(StateWriter to) throws IOException {
        tables.save(to);
        repeated.save(to);
    }

    @Override
    public void load(StateReader from) throws IOException {
        tables.load(from, clients);
        if (from.hasMore()) {
            repeated.load(from, clients);
        }
    }
}
