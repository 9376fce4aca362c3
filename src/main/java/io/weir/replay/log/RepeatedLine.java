package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Syslog may write a line that comes again only as a count: {@code last message repeated 3 times}, or rsyslog's
 * {@code message repeated 3 times: [ .. ]}. What is refused again and again, in the same words, is what that leaves out.
 */
final class RepeatedLine {
    private static final String RSYSLOG = "message repeated ";
    private static final String CLASSIC = "last message repeated ";

    private String lastHost = "";
    private @Nullable ConnectionEvent lastRefusal;

    /** Reads the lines of a format, one by one. */
    interface Follower {
        Reading follow(SyslogLine line) throws MalformedLineException;
    }

    Reading read(SyslogLine line, Follower follower) throws MalformedLineException {
        String text = line.text();
        if (text.startsWith(CLASSIC) && line.pid().isEmpty()) {
            return again(line);
        }
        int open = text.startsWith(RSYSLOG) ? text.indexOf(" times: [ ") : -1;
        if (open < 0) {
            return keep(line, follower.follow(line));
        }
        int end = text.endsWith("]") ? text.length() - 1 : text.length();
        String said = text.substring(open + " times: [ ".length(), end).trim();
        Reading once = follower.follow(new SyslogLine(line.timeMs(), line.host(), line.program(), line.pid(), said));
        return refusal(once) == null ? once : times(line, once, count(text, RSYSLOG));
    }

    private Reading again(SyslogLine line) throws MalformedLineException {
        ConnectionEvent refusal = lastRefusal;
        if (refusal == null || !line.host().equals(lastHost)) {
            return new Reading.Ignored("syslog");
        }
        return times(line, Reading.of(refusal), count(line.text(), CLASSIC));
    }

    private Reading keep(SyslogLine line, Reading reading) {
        lastHost = line.host();
        lastRefusal = refusal(reading);
        return reading;
    }

    /** One recipient that was refused, for which a client has many tries; other lines mean the same however often they come. */
    private static @Nullable ConnectionEvent refusal(Reading reading) {
        if (!(reading instanceof Reading.Understood understood)
                || understood.events().size() != 1) {
            return null;
        }
        ConnectionEvent event = understood.events().get(0);
        boolean refused = event.outcome() == Outcome.REJECTED || event.outcome() == Outcome.DEFERRED;
        return refused && event.transaction() && event.recipients() == 1 ? event : null;
    }

    void save(StateWriter to) throws IOException {
        ConnectionEvent refusal = lastRefusal;
        to.flag(refusal != null);
        if (refusal != null) {
            to.text(lastHost);
            to.text(refusal.clientAddress());
            to.text(refusal.outcome().name());
            to.flag(refusal.nullSender());
        }
    }

    void load(StateReader from, LogClient.Names clients) throws IOException {
        if (from.flag()) {
            lastHost = from.text();
            LogClient client = clients.load(from);
            Outcome outcome = Outcome.valueOf(from.text());
            lastRefusal = client.attempts(lastHost, 0, outcome, 1, from.flag());
        }
    }

    private static Reading times(SyslogLine line, Reading once, int count) {
        List<ConnectionEvent> events = ((Reading.Understood) once).events();
        ConnectionEvent event = events.get(0);
        return Reading.of(new LogClient(event.clientAddress(), event.sender())
                .attempts(event.edge(), line.timeMs(), event.outcome(), count, event.nullSender()));
    }

    private static int count(String text, String before) throws MalformedLineException {
        int start = before.length();
        int end = start;
        while (end < text.length() && Character.isDigit(text.charAt(end)) && end - start < 9) {
            end++;
        }
        if (end == start) {
            throw new MalformedLineException("no number after 'repeated'");
        }
        return Math.min(Integer.parseInt(text.substring(start, end)), ConnectionEvent.MAX_ATTEMPTS);
    }
}
