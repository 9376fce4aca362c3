package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * Reads Exchange's message tracking log: one line for each message that came by SMTP ({@code RECEIVE} of source {@code SMTP}) is one admitted
 * message with its recipients. What was refused on the way in is not in it, nor are connections. A server that got the message from another
 * one of the site names the client of that.
 */
final class ExchangeTracking implements FormatReader {
    static final String TYPE = "Message Tracking Log";

    private final LogClock clock;
    private final LogClient.Names clients;
    private final String edge;
    private final CsvTable table = table();

    ExchangeTracking(LogClock clock, LogClient.Names clients, String edge) {
        this.clock = clock;
        this.clients = clients;
        this.edge = edge;
    }

    /** Columns differ between versions: without their names a line means nothing. */
    private static CsvTable table() {
        return new CsvTable(List.of());
    }

    static HeadReader heads(LogClock clock) {
        CsvTable table = table();
        return line -> head(table.firstRow(line), clock);
    }

    private static HeadReader.Head head(CsvTable.Row row, LogClock clock) throws MalformedLineException {
        return new HeadReader.Head(row.time("date-time", clock), row.get("server-hostname"));
    }

    @Override
    public Reading read(String line) throws MalformedLineException {
        if (table.comment(line)) {
            return new Reading.Ignored("exchange/comment");
        }
        CsvTable.Row row = table.row(line);
        HeadReader.Head head = head(row, clock);
        String source = row.require("source");
        String event = row.require("event-id");
        if (!source.equals("SMTP") || !event.equals("RECEIVE")) {
            return new Reading.Ignored("exchange/" + LogText.word(source) + " " + LogText.word(event));
        }
        String original = row.get("original-client-ip");
        Optional<LogClient> client =
                clients.of(ExchangeSessions.withoutZone(original.isEmpty() ? row.get("client-ip") : original));
        if (client.isEmpty()) {
            return new Reading.Ignored("exchange/local client");
        }
        if (row.get("directionality").equals("Originating")) {
            return new Reading.Ignored("exchange/authenticated client");
        }
        return Reading.of(client.get()
                .message(
                        head.host().isEmpty() ? edge : head.host(),
                        head.timeMs(),
                        Outcome.ADMITTED,
                        (int) number(row, "recipient-count", ConnectionEvent.MAX_ATTEMPTS),
                        number(row, "total-bytes", Long.MAX_VALUE),
                        row.get("return-path").equals("<>")));
    }

    private static long number(CsvTable.Row row, String column, long most) throws MalformedLineException {
        String text = row.require(column);
        if (text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedLineException("no number in " + column);
        }
        return Math.min(Long.parseLong(text), most);
    }

    @Override
    public long open() {
        return 0;
    }

    @Override
    public long forgotten() {
        return 0;
    }
}
