package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import java.util.List;
import java.util.Optional;

/**
 * Reads the protocol log of Exchange's receive connectors (SMTP Receive Protocol Log): every command and reply, with a session's id. The edge is
 * the server in the connector's name.
 */
final class ExchangeSessions implements FormatReader {
    static final String TYPE = "SMTP Receive Protocol Log";

    /** What all versions since 2007 write. */
    private static final List<String> COLUMNS = List.of(
            "date-time",
            "connector-id",
            "session-id",
            "sequence-number",
            "local-endpoint",
            "remote-endpoint",
            "event",
            "data",
            "context");

    private final LogClock clock;
    private final LogClient.Names clients;
    private final CsvTable table = new CsvTable(COLUMNS);
    private final BoundedTable<ExchangeSession> sessions;

    ExchangeSessions(LogClock clock, LogClient.Names clients, LogReader.Bounds bounds) {
        this.clock = clock;
        this.clients = clients;
        this.sessions = new BoundedTable<>(bounds.sessions());
    }

    static HeadReader heads(LogClock clock) {
        CsvTable table = new CsvTable(COLUMNS);
        return line -> head(table.firstRow(line), clock);
    }

    private static HeadReader.Head head(CsvTable.Row row, LogClock clock) throws MalformedLineException {
        return new HeadReader.Head(row.time("date-time", clock), serverOf(row.require("connector-id")));
    }

    @Override
    public Reading read(String line) throws MalformedLineException {
        if (table.comment(line)) {
            return new Reading.Ignored("exchange/comment");
        }
        CsvTable.Row row = table.row(line);
        String id = row.require("session-id");
        String event = row.require("event");
        HeadReader.Head head = head(row, clock);
        ExchangeSession session = event.equals("+") ? null : sessions.get(id);
        if (session == null) {
            Optional<LogClient> client = clients.of(addressOf(row.require("remote-endpoint")));
            if (client.isEmpty()) {
                return new Reading.Ignored("exchange/local client");
            }
            session = new ExchangeSession(client.get(), head.host());
            sessions.remove(id);
            sessions.put(id, session);
        }
        return switch (event) {
            case "+" -> Reading.NOTED;
            case "<" -> command(session, row.get("data"));
            case ">" -> new Reading.Understood(session.reply(row.get("data"), head.timeMs()));
            case "-" -> ended(id, session, head.timeMs());
            case "*" -> new Reading.Ignored("exchange/information");
            default -> throw new MalformedLineException("event must be one of + - < > *");
        };
    }

    private static Reading command(ExchangeSession session, String said) {
        session.command(said);
        return Reading.NOTED;
    }

    private Reading ended(String id, ExchangeSession session, long timeMs) {
        sessions.remove(id);
        List<ConnectionEvent> events = session.end(timeMs);
        return session.authenticated()
                ? new Reading.Ignored("exchange/authenticated client")
                : new Reading.Understood(events);
    }

    /** Of {@code SERVER\Default Frontend SERVER}. */
    private static String serverOf(String connector) {
        int end = connector.indexOf('\\');
        return end <= 0 ? connector : connector.substring(0, end);
    }

    /** Of {@code 203.0.113.7:4711} and {@code [2001:db8::7]:4711}. */
    private static String addressOf(String endpoint) {
        int port = endpoint.lastIndexOf(':');
        String address = port < 0 ? endpoint : endpoint.substring(0, port);
        return withoutZone(address.startsWith("[") ? address.substring(1).replace("]", "") : address);
    }

    /** Of {@code fe80::1%3}. */
    static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    @Override
    public long open() {
        return sessions.size();
    }

    @Override
    public long forgotten() {
        return sessions.forgotten();
    }
}
