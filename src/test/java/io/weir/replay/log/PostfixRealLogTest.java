package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.SharedData;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One day of a real server, 22 October 2015. The numbers were counted with awk, not with the code under test. */
@SharedData.Needed("maillogs/kdent/mail.log")
class PostfixRealLogTest {
    private final List<ConnectionEvent> events = new ArrayList<>();

    @Test
    void everyLineOfARealDayIsAccountedFor() throws IOException {
        ReadReport report = read();

        assertThat(report.lines()).isEqualTo(6646);
        assertThat(report.malformed()).isZero();
        assertThat(report.understood() + report.ignoredLines()).isEqualTo(6646);
        // 1184 connect, 1182 disconnect, 372 lost, 606 NOQUEUE, 487 client= and 487 queue active; two clients
        // authenticated.
        assertThat(report.understood()).isEqualTo(1184 + 1182 + 372 + 606 + 487 + 487);
        assertThat(report.ignored())
                .contains(
                        entry("anvil/statistics", 267L),
                        entry("smtpd/warning", 262L),
                        entry("smtpd/authenticated client", 4L),
                        entry("scache/statistics", 20L));
        assertThat(report.linesBehind()).isZero();
        assertThat(report.openAtEnd()).isZero();
        assertThat(report.forgotten()).isZero();
    }

    @Test
    void eventsAreThoseThatTheLogTells() throws IOException {
        ReadReport report = read();

        assertThat(report.transactions()).containsOnly(entry(Outcome.ADMITTED, 487L), entry(Outcome.REJECTED, 606L));
        assertThat(report.connections()).containsOnly(entry(Outcome.ABANDONED, 152L), entry(Outcome.UNKNOWN, 6L));
        assertThat(report.events()).isEqualTo(events.size()).isEqualTo(1251);
        assertThat(sum(Outcome.ADMITTED)).isEqualTo(487);
        assertThat(sum(Outcome.REJECTED)).isEqualTo(606);
        assertThat(events.stream().mapToLong(ConnectionEvent::bytes).sum()).isEqualTo(8_579_964);
        assertThat(events).filteredOn(ConnectionEvent::nullSender).hasSize(31 + 1);
        assertThat(events).extracting(ConnectionEvent::edge).containsOnly("conch");
    }

    @Test
    void eventsAreInOrderUnderTheirOriginalTime() throws IOException {
        ReadReport report = read();

        assertThat(events).extracting(ConnectionEvent::occurredAtMs).isSorted();
        assertThat(Instant.ofEpochMilli(report.firstEventMs())).isEqualTo("2015-10-22T02:13:42Z");
        assertThat(Instant.ofEpochMilli(report.lastEventMs()))
                .isBetween(Instant.parse("2015-10-22T17:00:00Z"), Instant.parse("2015-10-22T17:10:03Z"));
    }

    private ReadReport read() throws IOException {
        Path file = SharedData.file("maillogs/kdent/mail.log");
        return PostfixLogReader.read(file, PostfixLogReader.optionsOf(file).withFirstYear(2015), events::add);
    }

    private long sum(Outcome outcome) {
        return events.stream()
                .filter(event -> event.outcome() == outcome)
                .mapToLong(ConnectionEvent::recipients)
                .sum();
    }
}
