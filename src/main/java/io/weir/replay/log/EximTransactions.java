package io.weir.replay.log;

import io.weir.model.Outcome;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads Exim's main log.
 *
 * <pre>
 * ID &lt;= SENDER H=CLIENT P=.. S=.. for ..           a message is admitted
 * ID =&gt; ..   ID -&gt; ..   ID ** ..   ID == ..          ... for one more recipient
 * ID Completed
 * H=CLIENT F=.. rejected RCPT ..                   one attempt rejected (deferred, when it was us)
 * ID H=CLIENT F=.. rejected after DATA: ..         a message rejected
 * SMTP connection from CLIENT lost while reading.. a message abandoned
 * no MAIL in SMTP connection from CLIENT           a bare connection
 * </pre>
 *
 * <p>Unless Exim logs {@code received_recipients}, its line about an arrival does not say how many recipients there were. Then the
 * deliveries do, which begin within the second: each original recipient after the first is an event of its own. The log holds no line about
 * connections that brought mail.
 */
final class EximTransactions implements ResumableReader {
    /** Ends the address of a recipient; why it was refused follows. */
    private static final String WHY = ">: ";
    /** What deploy/mta/exim/acl.conf begins with. */
    private static final String OURS = "weir: ";

    private static final String[] DELIVERIES = {"=> ", "-> ", "** ", "== ", ">> ", "*> "};

    private final EximLine.Reader lines;
    private final LogClient.Names clients;
    private final String edge;
    private final EximMessages messages;

    /** @param edge whose log it is, where lines do not say */
    EximTransactions(LogClock clock, LogClient.Names clients, String edge, LogReader.Bounds bounds) {
        this.lines = new EximLine.Reader(clock);
        this.clients = clients;
        this.edge = edge;
        this.messages = new EximMessages(bounds);
    }

    @Override
    public Reading read(String text) throws MalformedLineException {
        EximLine line = lines.read(text);
        String said = line.text();
        if (said.startsWith("<= ")) {
            return arrived(line);
        }
        for (String delivery : DELIVERIES) {
            if (said.startsWith(delivery)) {
                return delivered(line, said.substring(delivery.length()));
            }
        }
        if (said.equals("Completed")) {
            messages.end(key(line));
            return Reading.NOTED;
        }
        boolean items = said.length() > 2 && said.charAt(1) == '=';
        return items ? judged(line) : connection(line);
    }

    private Reading arrived(EximLine line) throws MalformedLineException {
        EximItems items = EximItems.ofArrival(line.text());
        Optional<LogClient> client = clients.of(items.address());
        if (client.isEmpty()) {
            return new Reading.Ignored("exim/local client");
        }
        if (items.authenticated()) {
            return new Reading.Ignored("exim/authenticated client");
        }
        if (items.recipients() == 0 && !line.id().isEmpty()) {
            messages.begin(key(line), client.get(), items.nullSender());
        }
        return Reading.of(client.get()
                .message(
                        edge(line),
                        line.timeMs(),
                        Outcome.ADMITTED,
                        Math.max(1, items.recipients()),
                        items.bytes(),
                        items.nullSender()));
    }

    private Reading delivered(EximLine line, String to) {
        EximMessages.Message message = messages.another(key(line), original(to));
        if (message == null) {
            return new Reading.Ignored("exim/delivery");
        }
        return Reading.of(
                message.client().attempts(edge(line), line.timeMs(), Outcome.ADMITTED, 1, message.nullSender()));
    }

    /** Of {@code final (between) <original> R=..}: the recipient that the client named. */
    private static String original(String to) {
        int end = to.indexOf(' ');
        String first = end < 0 ? to : to.substring(0, end);
        int at = end + 1;
        if (end >= 0 && to.startsWith("(", at)) {
            at = to.indexOf(") ", at) + 2;
        }
        int close = end >= 0 && to.startsWith("<", at) ? to.indexOf('>', at) : -1;
        String original = close < 0 ? first : to.substring(at + 1, close);
        return original.endsWith(":") ? original.substring(0, original.length() - 1) : original;
    }

    /** {@code H=CLIENT F=<..> WHAT} */
    private Reading judged(EximLine line) throws MalformedLineException {
        EximItems items = EximItems.before(line.text());
        String what = items.rest();
        String refused = what.startsWith("temporarily ") ? what.substring("temporarily ".length()) : what;
        boolean incomplete = refused.startsWith("incomplete transaction ");
        boolean dropped = refused.startsWith("dropped by ");
        if (!refused.startsWith("rejected ") && !incomplete && !dropped) {
            return new Reading.Ignored("exim/" + LogText.word(what));
        }
        Optional<LogClient> client = clients.of(items.address());
        if (client.isEmpty()) {
            return new Reading.Ignored("exim/local client");
        }
        if (items.authenticated()) {
            return new Reading.Ignored("exim/authenticated client");
        }
        boolean beforeMail = line.id().isEmpty() && refused.startsWith("rejected ") && isBeforeMail(refused);
        if (dropped || beforeMail) {
            return event(line, client.get(), false, Outcome.REJECTED, false);
        }
        Outcome outcome = incomplete ? Outcome.ABANDONED : Refusals.outcome(reply(what));
        return event(line, client.get(), true, outcome, items.nullSender());
    }

    /** What our ACL logs behind the recipient, of which a client chooses what stands between the brackets. */
    private static String reply(String what) {
        int why = what.lastIndexOf(WHY) + WHY.length();
        return what.startsWith(OURS, why) ? what.substring(why + OURS.length()) : "";
    }

    /** What was refused is a command before any sender or recipient is named. */
    private static boolean isBeforeMail(String refused) {
        return switch (LogText.word(refused.substring("rejected ".length()))) {
            case "RCPT", "MAIL", "DATA", "after", "by", "during", "from", "message" -> false;
            default -> true;
        };
    }

    /** {@code WHAT from CLIENT WHAT}, where items may stand before {@code from}. */
    private Reading connection(EximLine line) throws MalformedLineException {
        String said = line.text();
        if (said.startsWith("SMTP connection lost after final dot H=")) {
            return event(line, said.indexOf("H=") + "H=".length(), true, Outcome.ABANDONED);
        }
        if (said.startsWith("SMTP protocol synchronization error ") && said.contains(" H=")) {
            return event(line, said.indexOf(" H=") + " H=".length(), false, Outcome.REJECTED);
        }
        int from = said.indexOf(" from ") + " from ".length();
        if (from < " from ".length()) {
            return new Reading.Ignored("exim/" + LogText.word(said));
        }
        if (said.startsWith("SMTP connection ")) {
            return endOfConnection(line, from);
        }
        if (said.startsWith("SMTP data timeout (message abandoned) ")) {
            return event(line, from, true, Outcome.ABANDONED);
        }
        if (said.startsWith("no MAIL in SMTP connection ")) {
            return event(line, from, false, Outcome.UNKNOWN);
        }
        if (said.startsWith("SMTP command timeout ")
                || said.startsWith("unexpected disconnection while reading SMTP ")) {
            return event(line, from, false, Outcome.ABANDONED);
        }
        boolean refused =
                said.startsWith("rejected ") || (said.startsWith("SMTP call ") && said.contains(" dropped: "));
        return refused ? event(line, from, false, Outcome.REJECTED) : new Reading.Ignored("exim/" + LogText.word(said));
    }

    private Reading endOfConnection(EximLine line, int from) throws MalformedLineException {
        String said = line.text();
        if (said.contains(" lost while reading message data")) {
            return event(line, from, true, Outcome.ABANDONED);
        }
        return said.endsWith(" closed by DROP in ACL")
                ? event(line, from, false, Outcome.REJECTED)
                : new Reading.Ignored("exim/SMTP connection");
    }

    private Reading event(EximLine line, int at, boolean transaction, Outcome outcome) throws MalformedLineException {
        Optional<LogClient> client =
                clients.of(EximItems.client(line.text(), at).address());
        return client.isEmpty()
                ? new Reading.Ignored("exim/local client")
                : event(line, client.get(), transaction, outcome, false);
    }

    private Reading event(EximLine line, LogClient client, boolean transaction, Outcome outcome, boolean nullSender) {
        return Reading.of(
                transaction
                        ? client.attempts(edge(line), line.timeMs(), outcome, 1, nullSender)
                        : client.connection(edge(line), line.timeMs(), outcome));
    }

    private String edge(EximLine line) {
        return line.host().isEmpty() ? edge : line.host();
    }

    private static String key(EximLine line) {
        return line.host() + " " + line.id();
    }

    @Override
    public long open() {
        return messages.open();
    }

    @Override
    public long forgotten() {
        return messages.forgotten();
    }

    @Override
    public void save(StateWriter to) throws IOException {
        messages.save(to);
    }

    @Override
    public void load(StateReader from) throws IOException {
        messages.load(from, clients);
    }
}
