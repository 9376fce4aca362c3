package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** A short log, read: what it told, and what became of its lines. */
record Read(List<ConnectionEvent> events, ReadReport report) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    /** In UTC, 2026, of the edge {@code here}. */
    static Read lines(LogFormat format, String... lines) {
        return lines(format, options(), lines);
    }

    static Read lines(LogFormat format, LogReader.Options options, String... lines) {
        List<ConnectionEvent> events = new ArrayList<>();
        LogReader reader = new LogReader(format, options);
        for (String line : lines) {
            reader.read(line, false, events::add);
        }
        reader.end(events::add);
        return new Read(events, reader.report());
    }

    static LogReader.Options options() {
        return LogReader.Options.of(Instant.parse("2026-12-31T23:59:59Z"))
                .withFirstYear(2026)
                .withEdge("here");
    }

    /** Each event as {@code 10:00:01 203.0.113.7 admitted 3}. */
    List<String> described() {
        return events.stream().map(Read::described).toList();
    }

    static String described(ConnectionEvent event) {
        return TIME.format(Instant.ofEpochMilli(event.occurredAtMs())) + " " + event.clientAddress()
                + (event.transaction() ? " " : " connection ")
                + event.outcome().label() + (event.transaction() ? " " + event.recipients() : "")
                + (event.nullSender() ? " null" : "");
    }

    /** The first malformed line's reason. */
    String why() {
        return report.samples().isEmpty() ? "" : report.samples().get(0).why();
    }
}
