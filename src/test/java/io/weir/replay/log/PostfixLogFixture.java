package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Short logs of one day, 22 October 2015, and the events read from them. */
abstract class PostfixLogFixture {
    static final String CONNECT = "postfix/smtpd[7]: connect from mx.example.net[203.0.113.7]";
    static final String DISCONNECT = "postfix/smtpd[7]: disconnect from mx.example.net[203.0.113.7]";
    static final String CLIENT = "postfix/smtpd[7]: 4104E3D: client=mx.example.net[203.0.113.7]";
    static final String QUEUED = "postfix/qmgr[9]: 4104E3D: from=<a@example.net>, size=5360, nrcpt=3 (queue active)";

    final List<ConnectionEvent> events = new ArrayList<>();

    /** Lines of one host on one day; each begins with its time. */
    ReadReport read(String... lines) {
        String[] whole = new String[lines.length];
        for (int i = 0; i < lines.length; i++) {
            whole[i] = lines[i].contains(" ") ? "Oct 22 " + lines[i].replaceFirst(" ", " mx1 ") : "Oct 22 " + lines[i];
        }
        return readLines(whole);
    }

    ReadReport readLines(String... lines) {
        try {
            return PostfixLogReader.read(bytes(List.of(lines)), options(), events::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static ByteArrayInputStream bytes(List<String> lines) {
        return new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static LogReader.Options options() {
        return new LogReader.Options(ZoneOffset.UTC, OptionalInt.of(2015), Instant.EPOCH, 64, Senders.EACH, "log");
    }

    List<String> described() {
        return events.stream()
                .map(event -> Instant.ofEpochMilli(event.occurredAtMs())
                                .atZone(ZoneOffset.UTC)
                                .toLocalTime()
                        + (event.occurredAtMs() % 60_000 == 0 ? ":00" : "")
                        + " " + event.clientAddress()
                        + (event.transaction() ? " " : " connection ")
                        + event.outcome().label() + " " + event.recipients())
                .toList();
    }
}
