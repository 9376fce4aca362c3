package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows clients through Haraka's log, level {@code NOTICE} or more: its own lines, not its plugins'.
 *
 * <pre>
 * [UUID] connect ip=CLIENT local_port=25         a session begins
 * [UUID.1] sender &lt;..&gt; code=..                   a transaction begins
 * [UUID.1] recipient &lt;..&gt; code=DENY ..           one attempt rejected (deferred, when it was us)
 * [UUID.1] message size=.. rcpts=3/0/1 code=..   the message has come whole, for three recipients; or is rejected
 * [UUID.1] queue code=OK ..                      ... and is admitted
 * [UUID.1] disconnect rcpts=3/0/1 ..             a session without any of these was a bare connection
 * </pre>
 *
 * <p>Ports 465 and 587 are for the site's own users. Who may relay otherwise shows only at the end of a session, when its mail has been told.
 * A session of which nothing but the end tells the client, such as one behind a proxy at level {@code NOTICE}, is told by that alone.
 */
final class HarakaTransactions implements ResumableReader {
    private final HarakaLine.Reader lines;
    private final LogClient.Names clients;
    private final String edge;
    private final BoundedTable<HarakaSession> sessions;
    /** Sessions of the site's own users. */
    private final BoundedTable<Boolean> submissions;

    HarakaTransactions(LogClock clock, LogClient.Names clients, String edge, LogReader.Bounds bounds) {
        this.lines = new HarakaLine.Reader(clock);
        this.clients = clients;
        this.edge = edge;
        this.sessions = new BoundedTable<>(bounds.sessions());
        this.submissions = new BoundedTable<>(bounds.sessions());
    }

    @Override
    public Reading read(String text) throws MalformedLineException {
        HarakaLine line = lines.read(text);
        if (!line.plugin().equals("core")) {
            return new Reading.Ignored("haraka/" + LogText.word(line.plugin()));
        }
        String word = LogText.word(line.text());
        if (word.equals("connect")) {
            return connected(line);
        }
        if (word.equals("HAProxy")) {
            return proxied(line);
        }
        HarakaSession session = sessions.get(line.session());
        if (session == null) {
            return word.equals("disconnect") ? ended(line) : new Reading.Ignored("haraka/" + word);
        }
        return switch (word) {
            case "sender" -> sender(line, session);
            case "recipient" -> recipient(line, session);
            case "message" -> message(line, session);
            case "queue" -> queue(line, session);
            case "disconnect" -> disconnected(line, session);
            default -> new Reading.Ignored("haraka/" + word);
        };
    }

    private Reading connected(HarakaLine line) throws MalformedLineException {
        String port = LogText.value(line.text(), " local_port=");
        if (port.equals("465") || port.equals("587")) {
            submissions.put(line.session(), true);
            return new Reading.Ignored("haraka/submission");
        }
        return begin(line, LogText.value(line.text(), "connect ip="));
    }

    /** {@code HAProxy proto=TCP4 src_ip=ADDRESS:PORT dst_ip=..}: the client is another than who connected. */
    private Reading proxied(HarakaLine line) throws MalformedLineException {
        String source = LogText.value(line.text(), " src_ip=");
        int port = source.lastIndexOf(':');
        return begin(line, source.substring(0, Math.max(0, port)).replace("\"", ""));
    }

    private Reading begin(HarakaLine line, String address) throws MalformedLineException {
        sessions.remove(line.session());
        Optional<LogClient> client = clients.of(address);
        if (client.isEmpty()) {
            return new Reading.Ignored("haraka/local client");
        }
        sessions.put(line.session(), new HarakaSession(client.get()));
        return Reading.NOTED;
    }

    private Reading sender(HarakaLine line, HarakaSession session) {
        List<ConnectionEvent> events = new ArrayList<>();
        abandon(line, session, events);
        session.begin(line.text().startsWith("sender <> "));
        if (line.code().startsWith("DENY")) {
            session.open = false;
            session.accepted = 1;
            events.add(session.decided(edge(line), line.timeMs(), Outcome.REJECTED));
        }
        return new Reading.Understood(events);
    }

    private Reading recipient(HarakaLine line, HarakaSession session) {
        if (!line.code().startsWith("DENY")) {
            session.accepted += line.code().equals("OK") ? 1 : 0;
            return Reading.NOTED;
        }
        session.refused++;
        return Reading.of(session.attempts(edge(line), line.timeMs(), Refusals.outcome(line.message()), 1));
    }

    private Reading message(HarakaLine line, HarakaSession session) throws MalformedLineException {
        session.accepted = line.count(" rcpts=", 0);
        session.bytes = line.number(" size=");
        if (!line.code().startsWith("DENY")) {
            return Reading.NOTED;
        }
        session.open = false;
        return Reading.of(session.decided(edge(line), line.timeMs(), Outcome.REJECTED));
    }

    private Reading queue(HarakaLine line, HarakaSession session) {
        // Old versions had CONT for what was queued; for new ones it says that no plugin has taken the message.
        boolean queued = line.code().equals("OK") || line.text().contains("Message Queued (");
        if (!session.open || session.accepted == 0) {
            return Reading.NOTED;
        }
        session.open = false;
        return Reading.of(session.decided(edge(line), line.timeMs(), queued ? Outcome.ADMITTED : Outcome.REJECTED));
    }

    private Reading disconnected(HarakaLine line, HarakaSession session) throws MalformedLineException {
        sessions.remove(line.session());
        List<ConnectionEvent> events = new ArrayList<>();
        abandon(line, session, events);
        end(line, session, events);
        return new Reading.Understood(events);
    }

    private void end(HarakaLine line, HarakaSession session, List<ConnectionEvent> events)
            throws MalformedLineException {
        // Recipients that no plugin knew, of which old versions say nothing else.
        int refused = line.count(" rcpts=", 1) + line.count(" rcpts=", 2) - session.refused;
        if (refused > 0) {
            events.add(session.attempts(edge(line), line.timeMs(), Outcome.REJECTED, refused));
        }
        if (!session.attempted) {
            String lastReject = LogText.value(line.text(), " lr=").replace("\"", "");
            Outcome ending = lastReject.isEmpty() ? Outcome.UNKNOWN : Outcome.REJECTED;
            events.add(session.client.connection(edge(line), line.timeMs(), ending));
        }
    }

    /** A session of which the end alone is known: {@code ip=CLIENT relay=N rcpts=3/0/1 msgs=1/0/0 bytes=..}. */
    private Reading ended(HarakaLine line) throws MalformedLineException {
        boolean submission = submissions.remove(line.session()) != null;
        Optional<LogClient> client = clients.of(LogText.value(line.text(), "disconnect ip="));
        if (submission
                || client.isEmpty()
                || LogText.value(line.text(), " relay=").equals("Y")) {
            return new Reading.Ignored(submission ? "haraka/submission" : "haraka/local client");
        }
        HarakaSession session = new HarakaSession(client.get());
        int messages = line.count(" msgs=", 0);
        List<ConnectionEvent> events = new ArrayList<>();
        if (messages > 0) {
            session.attempted = true;
            events.add(client.get()
                    .event(
                            true,
                            edge(line),
                            line.timeMs(),
                            Outcome.ADMITTED,
                            messages,
                            line.count(" rcpts=", 0),
                            line.number(" bytes="),
                            false));
        }
        end(line, session, events);
        return new Reading.Understood(events);
    }

    private void abandon(HarakaLine line, HarakaSession session, List<ConnectionEvent> events) {
        if (session.open && session.accepted > 0) {
            events.add(session.decided(edge(line), line.timeMs(), Outcome.ABANDONED));
        }
        session.open = false;
    }

    private String edge(HarakaLine line) {
        return line.host().isEmpty() ? edge : line.host();
    }

    @Override
    public long open() {
        return sessions.size();
    }

    @Override
    public long forgotten() {
        return sessions.forgotten();
    }

    @Override
    public void save(StateWriter to) throws IOException {
        to.number(sessions.size());
        for (Map.Entry<String, HarakaSession> entry : sessions.entrySet()) {
            to.text(entry.getKey());
            entry.getValue().save(to);
        }
    }

    @Override
    public void load(StateReader from) throws IOException {
        for (long left = from.number(); left > 0; left--) {
            sessions.put(from.text(), HarakaSession.load(from, clients));
        }
    }
}
