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
        return session.attempted ? Reading.NOTED : bare(line, session.client, session.ending);
    }

    private Reading brokenOff(SyslogLine line, Outcome outcome) {
        Session session = tables.session(line);
        if (session == null) {
            return ignored(line);
        }
        session.ending = outcome;
        String stage = LogText.word(LogText.after(line.text(), " after "));
        Transaction open = MID_TRANSACTION.contains(stage) ? tables.endTransaction(line, session.openQueueId) : null;
        return open == null ? Reading.NOTED : attempt(line, open.client(), outcome);
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
        return refused == null ? ignored(line) : attempt(line, refused.client(), Outcome.REJECTED);
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
        return Reading.of(
                admitted.client().message(line.host(), line.timeMs(), Outcome.ADMITTED, counted, bytes, nullSender));
    }

    private Reading refusalOrIgnored(SyslogLine line, String id) throws MalformedLineException {
        String rest = id.isEmpty() ? "" : line.text().substring(id.length() + 2);
        return PostfixRefusal.isAction(LogText.word(rest)) ? ended(line, id, PostfixRefusal.of(rest)) : ignored(line);
    }

    private Reading ended(SyslogLine line, String id, PostfixRefusal refusal) throws MalformedLineException {
        Session session = tables.session(line);
        String address = refusal.address();
        Optional<LogClient> client = refusal.isNamed()
                ? clients.of(address)
                : Optional.ofNullable(session).map(known -> known.client);
        if (client.isEmpty()) {
            return notJudged(line, address);
        }
        if (refusal.isBeforeMail()) {
            return refusedConnection(line, client.get(), session);
        }
        if (session != null) {
            session.attempted = true;
            // Without a queue id now, so the transaction before is over.
            session.openQueueId = id.equals(NO_QUEUE_ID) ? "" : session.openQueueId;
        }
        if (refusal.isOfWholeMessage()) {
            tables.endTransaction(line, id);
        }
        boolean nullSender = refusal.nullSender();
        return Reading.of(
                refusal.isAcceptance()
                        ? client.get().message(line.host(), line.timeMs(), Outcome.ADMITTED, 1, 0, nullSender)
                        : client.get().attempts(line.host(), line.timeMs(), refusal.outcome(), 1, nullSender));
    }

    /** A session tells at its end; postscreen's clients have none. */
    private static Reading refusedConnection(SyslogLine line, LogClient client, @Nullable Session session) {
        if (session == null) {
            return bare(line, client, Outcome.REJECTED);
        }
        session.ending = Outcome.REJECTED;
        return Reading.NOTED;
    }

    private static Reading bare(SyslogLine line, LogClient client, Outcome outcome) {
        return Reading.of(client.connection(line.host(), line.timeMs(), outcome));
    }

    private static Reading attempt(SyslogLine line, LogClient client, Outcome outcome) {
        return Reading.of(client.attempts(line.host(), line.timeMs(), outcome, 1, false));
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
