package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLinesTest {
    private static final long NOON = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();

    private static String line(long timeMs, String more) {
        return """
                {"v":1,"kind":"transaction","edge":"mx1","edgeSeq":7,"occurredAtMs":%d,"clientAddress":"203.0.113.7",\
                "outcome":"admitted","recipients":3,"bytes":4821%s}""".formatted(timeMs, more);
    }

    @Test
    void anEventIsWhatItWas() {
        ConnectionEvent event = Read.lines(
                        LogFormat.EVENTS,
                        line(
                                NOON + 5,
                                ",\"retries\":1,\"nullSender\":true,\"helo\":\"m\\u00fc\",\"clientName\":\"m\u00c3\u00bc\""))
                .events()
                .get(0);
        assertThat(event.occurredAtMs()).isEqualTo(NOON + 5);
        assertThat(event.edge()).isEqualTo("mx1");
        assertThat(event.edgeSeq()).isEqualTo(7);
        assertThat(event.recipients()).isEqualTo(3);
        assertThat(event.retries()).isEqualTo(1);
        assertThat(event.bytes()).isEqualTo(4821);
        assertThat(event.nullSender()).isTrue();
        assertThat(event.facts().helo()).isEqualTo("m\u00fc");
        assertThat(event.facts().clientName()).isEqualTo("m\u00fc");
    }

    /** Several partitions, one after the other. */
    @Test
    void eventsArePutIntoOrder() {
        List<String> lines = new ArrayList<>();
        for (int partition = 0; partition < 4; partition++) {
            for (int i = 0; i < 100; i++) {
                lines.add(line(NOON + 86_400_000L * i + partition, ""));
            }
        }
        Read read = Read.lines(LogFormat.EVENTS, lines.toArray(String[]::new));
        assertThat(read.events())
                .hasSize(400)
                .extracting(ConnectionEvent::occurredAtMs)
                .isSorted();
        assertThat(read.report().malformed()).isZero();
        assertThat(read.report().linesBehind()).isZero();
    }

    @Test
    void whatIsTooFarBehindIsReadAsTheNewestOrIsMalformed() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i <= EventLines.MOST_WAITING; i++) {
            lines.add(line(NOON + 172_800_000 + i, ""));
        }
        lines.add(line(NOON + 172_700_000, ""));
        lines.add(line(NOON, ""));
        Read read = Read.lines(LogFormat.EVENTS, lines.toArray(String[]::new));
        assertThat(read.events()).hasSize(EventLines.MOST_WAITING + 2);
        assertThat(read.events()).extracting(ConnectionEvent::occurredAtMs).isSorted();
        assertThat(read.report().linesBehind()).isEqualTo(1);
        assertThat(read.report().malformed()).isEqualTo(1);
        assertThat(read.why()).isEqualTo("its time is 2 days behind an earlier line's");
    }

    @Test
    void aPoolIsTheEventsOwnOrTheSites() {
        LogReader.Options pools = new LogReader.Options(
                Read.options().zone(),
                Read.options().firstYear(),
                Read.options().lastWritten(),
                64,
                client -> switch (client.text()) {
                    case "203.0.113.7" -> SenderKey.pool("site");
                    case "203.0.113.8" -> null;
                    default -> client.sender();
                },
                "here");
        Read read = Read.lines(
                LogFormat.EVENTS,
                pools,
                line(NOON, ",\"pool\":\"theirs\""),
                line(NOON, ""),
                line(NOON, "").replace("113.7", "113.8"),
                line(NOON, "").replace("113.7", "113.9"));
        assertThat(read.events())
                .extracting(event -> event.sender().text())
                .containsExactly("pool:theirs", "pool:site", "203.0.113.9");
        assertThat(read.report().ignored()).containsOnly(entry("events/local client", 1L));
    }

    @Test
    void otherRecordsAreIgnoredAndBrokenLinesCounted() {
        Read read = Read.lines(
                LogFormat.EVENTS,
                "{\"v\":1,\"kind\":\"gap\",\"edge\":\"ops\",\"occurredAtMs\":5,\"fromMs\":1,\"toMs\":4}",
                "{\"v\":1}",
                "no JSON",
                "");
        assertThat(read.events()).isEmpty();
        assertThat(read.report().ignoredLines()).isEqualTo(1);
        assertThat(read.report().malformed()).isEqualTo(3);
        assertThat(read.why()).isEqualTo("required field kind is missing");
    }
}
