package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.replay.log.SendmailTables.Attempt;
import io.weir.replay.log.SendmailTables.Held;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows clients through sendmail's log, from line to line.
 *
 * <pre>
 * ID: ruleset=check_rcpt, arg1=.., relay=CLIENT, reject=..   one attempt rejected
 * ID: &lt;..&gt;... User unknown                                 one attempt rejected, the client is not named yet
 * ID: Milter: to=&lt;..&gt;, reject=..                           one attempt rejected (deferred, when it was us), likewise
 * ID: lost input channel from CLIENT to .. after rcpt        the message is abandoned
 * ID: collect: premature EOM: ..                             likewise
 * ID: from=.., size=.., nrcpts=.., relay=CLIENT              the message is complete; or the transaction is over
 * ID: Milter: data, reject=..                                ... and is rejected after all
 * ID: to=.., stat=..                                         ... or admitted, with all its recipients
 * CLIENT did not issue MAIL/EXPN/VRFY/ETRN ..                a bare connection
 * </pre>
 *
 * <p>sendmail tells of a complete message before its filters have spoken. So an admitted message is dated by the next line about it, or is
 * admitted when a minute has passed without one. {@code nrcpts} counts recipients after aliases are expanded.
 */
final class SendmailTransactions implements ResumableReader {
    private static final String REJECT = ", reject=";

    private static final String BARE = " did not issue MAIL/EXPN/VRFY/ETRN";

    /** Rulesets about one recipient or sender; others are about the connection, or the message as a whole. */
    private static final Set<String> ATTEMPT_RULESETS = Set.of("check_rcpt", "check_mail", "check_compat");

    private static final Set<String> CONNECTION_RULESETS =
            Set.of("check_relay", "check_vrfy", "check_expn", "check_etrn", "tls_client", "trust_auth", "try_tls");

    private final LogClock clock;
    private final SyslogReader syslog;
    private final LogClient.Names clients;
    private final SendmailTables tables;
    private final RepeatedLine repeated = new RepeatedLine();

    SendmailTransactions(LogClock clock, LogClient.Names clients, LogReader.Bounds bounds) {
        this.clock = clock;
        this.syslog = new SyslogReader(clock);
        this.clients = clients;
        this.tables = new SendmailTables(bounds);
    }

    /** Whatever the daemon is called, it is sendmail itself or begins as {@code sm-mta} does. */
    static boolean isSendmail(SyslogLine.Program program) {
        return program.name().equals("sendmail") || program.name().startsWith("sm-");
    }

    @Override
    public Reading read(String text) throws MalformedLineException {
        return repeated.read(syslog.read(text), this::follow);
    }

    @Override
    public List<ConnectionEvent> due(boolean end) {
        return tables.due(clock.newestMs(), end);
    }

    private Reading follow(SyslogLine line) throws MalformedLineException {
        if (!isSendmail(line.program())) {
            return new Reading.Ignored(LogText.word(line.program().name()));
        }
        String id = LogText.queueId(line.text());
        String said = id.isEmpty() ? line.text() : line.text().substring(id.length() + 2);
        if (said.startsWith("from=")) {
            return received(line, id, said);
        }
        if (said.startsWith("to=")) {
            return delivered(line, id, said);
        }
        if (said.startsWith("ruleset=")) {
            return ruleset(line, id, said);
        }
        if (said.startsWith("Milter: ")) {
            return filtered(line, id, said);
        }
        if (said.startsWith("<")) {
            return refused(line, id, said);
        }
        return said.startsWith("AUTH=server") ? authenticated(line, said) : connection(line, id, said);
    }

    private Reading received(SyslogLine line, String id, String said) throws MalformedLineException {
        Attempt attempt = tables.endAttempt(line, id);
        int relay = said.lastIndexOf(", relay=");
        String address = relay < 0 ? "" : address(said, relay);
        Optional<LogClient> client = clients.of(address);
        if (client.isEmpty()) {
            return new Reading.Ignored("sendmail/local client");
        }
        if (tables.isAuthenticated(line, address)
                || LogText.value(said, ", daemon=").startsWith("MS")) {
            return new Reading.Ignored("sendmail/authenticated client");
        }
        int recipients = (int) Math.min(LogText.number(said, ", nrcpts="), ConnectionEvent.MAX_ATTEMPTS);
        boolean nullSender = said.startsWith("from=<>,");
        List<ConnectionEvent> events = refusals(line, client.get(), attempt, nullSender);
        if (recipients == 0) {
            return events.isEmpty() && attempt == null
                    ? bare(line, client.get(), Outcome.UNKNOWN)
                    : new Reading.Understood(events);
        }
        long bytes = LogText.number(said, ", size=");
        boolean hasContent = bytes > 0 || said.contains(", msgid=");
        if ((attempt != null && attempt.abandoned) || !hasContent) {
            events.add(client.get().attempts(line.host(), line.timeMs(), Outcome.ABANDONED, recipients, nullSender));
        } else {
            tables.hold(line, id, client.get(), recipients, bytes, nullSender);
        }
        return new Reading.Understood(events);
    }

    private static List<ConnectionEvent> refusals(
            SyslogLine line, LogClient client, @Nullable Attempt attempt, boolean nullSender) {
        List<ConnectionEvent> events = new ArrayList<>();
        int deferred = attempt == null ? 0 : attempt.deferred;
        int rejected = attempt == null ? 0 : attempt.refused - deferred;
        if (rejected > 0) {
            events.add(client.attempts(line.host(), line.timeMs(), Outcome.REJECTED, rejected, nullSender));
        }
        if (deferred > 0) {
            events.add(client.attempts(line.host(), line.timeMs(), Outcome.DEFERRED, deferred, nullSender));
        }
        return events;
    }

    private Reading delivered(SyslogLine line, String id, String said) {
        if (said.contains("stat=aborted by sender")) {
            tables.attempt(line, id).abandoned = true;
            return Reading.NOTED;
        }
        Held message = tables.release(line, id);
        return message == null
                ? new Reading.Ignored("sendmail/to")
                : Reading.of(message.event(line.timeMs(), Outcome.ADMITTED));
    }

    private Reading ruleset(SyslogLine line, String id, String said) throws MalformedLineException {
        int reject = said.indexOf(REJECT);
        int relay = reject < 0 ? -1 : said.lastIndexOf(", relay=", reject);
        if (relay < 0) {
            return new Reading.Ignored("sendmail/ruleset");
        }
        Optional<LogClient> client = clients.of(address(said.substring(0, reject), relay));
        if (client.isEmpty()) {
            return new Reading.Ignored("sendmail/local client");
        }
        String name = LogText.value(said, "ruleset=");
        if (CONNECTION_RULESETS.contains(name)) {
            return bare(line, client.get(), Outcome.REJECTED);
        }
        if (!ATTEMPT_RULESETS.contains(name)) {
            tables.release(line, id);
            return attempt(line, client.get(), Outcome.REJECTED);
        }
        boolean news = id.isEmpty() || tables.attempt(line, id).tell(LogText.value(said, ", arg1="));
        return news ? attempt(line, client.get(), Refusals.outcome(reply(said))) : Reading.NOTED;
    }

    private Reading filtered(SyslogLine line, String id, String said) {
        int reject = said.indexOf(REJECT);
        if (reject > 0 && (said.startsWith("Milter: to=") || said.startsWith("Milter: from="))) {
            Attempt attempt = tables.attempt(line, id);
            boolean news = attempt.refuse(said.substring(said.indexOf('=') + 1, reject));
            attempt.deferred += news && Refusals.outcome(reply(said)) == Outcome.DEFERRED ? 1 : 0;
            return Reading.NOTED;
        }
        Held message = reject > 0 || said.endsWith(", discard") ? tables.release(line, id) : null;
        return message == null
                ? new Reading.Ignored("sendmail/Milter")
                : Reading.of(message.event(line.timeMs(), Outcome.REJECTED));
    }

    /** Empty when there are two: one of them is then in what a client said. */
    private static String reply(String said) {
        int reject = said.indexOf(REJECT);
        return reject < 0 || reject != said.lastIndexOf(REJECT) ? "" : said.substring(reject + REJECT.length());
    }

    /** {@code <RECIPIENT>... WHY} */
    private Reading refused(SyslogLine line, String id, String said) {
        int end = said.indexOf(">... ");
        if (id.isEmpty() || end < 0) {
            return new Reading.Ignored("sendmail/other");
        }
        tables.attempt(line, id).refuse(said.substring(0, end + 1));
        return Reading.NOTED;
    }

    private Reading authenticated(SyslogLine line, String said) throws MalformedLineException {
        int relay = said.indexOf(", relay=");
        if (relay >= 0) {
            tables.authenticate(line, address(said, relay));
        }
        return new Reading.Ignored("sendmail/authenticated client");
    }

    private Reading connection(SyslogLine line, String id, String said) throws MalformedLineException {
        if (said.contains(BARE)) {
            return connection(line, said, Outcome.UNKNOWN);
        }
        if (said.startsWith("rejecting commands from ")) {
            return connection(line, said, Outcome.REJECTED);
        }
        if (said.startsWith("collect: ")) {
            tables.attempt(line, id).abandoned = true;
            return Reading.NOTED;
        }
        boolean lost = said.startsWith("lost input channel from ");
        if (!lost && !said.startsWith("timeout waiting for input from ")) {
            return new Reading.Ignored("sendmail/" + LogText.word(said));
        }
        String stage = lost ? LogText.after(said, " after ") : LogText.after(said, " during ");
        if (stage.startsWith("startup") || stage.startsWith("helo") || stage.startsWith("ehlo")) {
            return connection(line, said, Outcome.ABANDONED);
        }
        tables.attempt(line, id).abandoned = true;
        return Reading.NOTED;
    }

    private Reading connection(SyslogLine line, String said, Outcome outcome) throws MalformedLineException {
        Optional<LogClient> client = clients.of(LogText.address(said, 0));
        return client.isEmpty() ? new Reading.Ignored("sendmail/local client") : bare(line, client.get(), outcome);
    }

    /** Of {@code relay=NAME [ADDRESS] (may be forged)}; empty when a user of the machine is meant. */
    private static String address(String text, int relay) throws MalformedLineException {
        return text.indexOf('[', relay) < 0 ? "" : LogText.address(text, relay);
    }

    private static Reading bare(SyslogLine line, LogClient client, Outcome outcome) {
        return Reading.of(client.connection(line.host(), line.timeMs(), outcome));
    }

    private static Reading attempt(SyslogLine line, LogClient client, Outcome outcome) {
        return Reading.of(client.attempts(line.host(), line.timeMs(), outcome, 1, false));
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
        repeated.load(from, clients);
    }
}
