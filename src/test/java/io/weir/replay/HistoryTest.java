package io.weir.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import io.weir.replay.log.LogFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    Path directory;

    private final List<ConnectionEvent> events = new ArrayList<>();

    private Path write(String name, String... lines) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.ISO_8859_1);
    }

    /** One recipient refused. */
    private static String refusal(String stamp, String host, int client) {
        return stamp + " " + host + " postfix/smtpd[7]: NOQUEUE: reject: RCPT from x[203.0.113." + client + "]: 550 no";
    }

    private HistoryReport read(Path... paths) throws IOException {
        return read(new Sources(List.of(paths), InputStream.nullInputStream()), History.Options.at(NOW));
    }

    private HistoryReport read(Sources sources, History.Options options) throws IOException {
        try (History history = History.open(sources, options)) {
            HistoryReport report = history.forEach(events::add);
            assertThat(events).extracting(ConnectionEvent::occurredAtMs).isSorted();
            assertThat(history.totalBytes().orElse(history.bytesRead())).isEqualTo(history.bytesRead());
            return report;
        }
    }

    /** Each event's time and the last octet of its client. */
    private List<String> told() {
        return events.stream()
                .map(event -> Instant.ofEpochMilli(event.occurredAtMs()) + " " + event.edge()
                        + event.clientAddress().substring(event.clientAddress().lastIndexOf('.')))
                .toList();
    }

    @Test
    void severalServersAreMergedByTime() throws IOException {
        write("b.log", refusal("Nov 24 10:00:01", "mx2", 2), refusal("Nov 24 10:00:03", "mx2", 4));
        write("a.log", refusal("Nov 24 10:00:00", "mx1", 1), refusal("Nov 24 10:00:02", "mx1", 3));
        write("c.log", "2026-11-24 10:00:02 H=[203.0.113.9] F=<a@b> rejected RCPT <c@d>: no");
        HistoryReport report = read(directory);
        assertThat(told())
                .containsExactly(
                        "2026-11-24T10:00:00Z mx1.1",
                        "2026-11-24T10:00:01Z mx2.2",
                        "2026-11-24T10:00:02Z mx1.3",
                        "2026-11-24T10:00:02Z " + directory.getFileName() + "/c.log.9",
                        "2026-11-24T10:00:03Z mx2.4");
        assertThat(report.events()).isEqualTo(5);
        assertThat(report.lines()).isEqualTo(5);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.firstEventMs()).isEqualTo(events.get(0).occurredAtMs());
        assertThat(report.lastEventMs()).isEqualTo(events.get(4).occurredAtMs());
        assertThat(report.files())
                .extracting(FileReport::host)
                .containsExactlyInAnyOrder("mx1", "mx2", directory.getFileName() + "/c.log");
    }

    @Test
    void whatIsOpenAtARotationGoesOnInTheNextFile() throws IOException {
        write("mail.log.1", "Nov 24 10:00:00 mx1 postfix/smtpd[7]: 4104E3D: client=x[203.0.113.7]");
        write("mail.log", "Nov 24 10:00:01 mx1 postfix/qmgr[9]: 4104E3D: from=<>, size=1, nrcpt=3 (queue active)");
        HistoryReport report = read(directory);
        assertThat(told()).containsExactly("2026-11-24T10:00:01Z mx1.7");
        assertThat(report.files())
                .extracting(FileReport::file)
                .containsExactly(
                        directory.resolve("mail.log.1").toString(),
                        directory.resolve("mail.log").toString());
        assertThat(report.total().openAtEnd()).isEqualTo(1);
    }

    @Test
    void filesAreReadByTheTimesOfTheirFirstLinesWhateverTheyAreCalled() throws IOException {
        write("mail.log", refusal("Nov 24 10:00:00", "mx1", 1));
        write("mail.log.1", refusal("Nov 24 11:00:00", "mx1", 2));
        write("mail.log-20261124", refusal("Nov 24 12:00:00", "mx1", 3));
        write("elsewhere/old", refusal("Nov 24 09:30:00", "mx1", 0));
        read(directory);
        assertThat(told())
                .containsExactly(
                        "2026-11-24T09:30:00Z mx1.0",
                        "2026-11-24T10:00:00Z mx1.1",
                        "2026-11-24T11:00:00Z mx1.2",
                        "2026-11-24T12:00:00Z mx1.3");
    }

    @Test
    void aLogThatAnotherOverlapsIsReadBesideItAndSaidToBe() throws IOException {
        Path first = write(
                "mail.log.1",
                refusal("Nov 24 10:00:00", "mx1", 1),
                refusal("Nov 24 10:30:00", "mx1", 2),
                refusal("Nov 24 11:30:00", "mx1", 3));
        Path second = write("mail.log", refusal("Nov 24 10:10:00", "mx1", 4), refusal("Nov 24 11:00:00", "mx1", 5));
        HistoryReport report = read(directory);
        assertThat(told())
                .containsExactly(
                        "2026-11-24T10:00:00Z mx1.1",
                        "2026-11-24T10:10:00Z mx1.4",
                        "2026-11-24T10:30:00Z mx1.2",
                        "2026-11-24T11:00:00Z mx1.5",
                        "2026-11-24T11:30:00Z mx1.3");
        assertThat(report.total().linesBehind()).isZero();
        assertThat(report.warnings())
                .containsExactly(
                        first + " and " + second + " overlap: the first still has lines of 2026-11-24T10:30:00Z,"
                                + " the second begins at 2026-11-24T10:10:00Z; what is in both counts twice");
    }

    @Test
    void aFewSecondsOfOverlapAreNone() throws IOException {
        write("mail.log.1", refusal("Nov 24 10:00:00", "mx1", 1), refusal("Nov 24 10:00:20", "mx1", 2));
        write("mail.log", refusal("Nov 24 10:00:10", "mx1", 3), refusal("Nov 24 10:00:30", "mx1", 4));
        HistoryReport report = read(directory);
        assertThat(told())
                .containsExactly(
                        "2026-11-24T10:00:00Z mx1.1",
                        "2026-11-24T10:00:20Z mx1.2",
                        "2026-11-24T10:00:20Z mx1.3",
                        "2026-11-24T10:00:30Z mx1.4");
        assertThat(report.warnings()).isEmpty();
        assertThat(report.total().linesBehind()).isEqualTo(1);
    }

    @Test
    void whatSeemsToBeMissingIsSaid() throws IOException {
        Path first = write("mail.log.4", refusal("Nov 22 10:00:00", "mx1", 1), refusal("Nov 22 10:10:00", "mx1", 2));
        Path second = write("mail.log.2", refusal("Nov 24 10:00:00", "mx1", 3), refusal("Nov 24 10:30:00", "mx1", 4));
        write("mail.log.1", refusal("Nov 24 11:20:00", "mx1", 5));
        assertThat(read(directory).warnings())
                .containsExactly(
                        "mail.log.3 is missing between mail.log.4 and what came after",
                        "between " + first + " and " + second + " nothing is known of 2870 minutes from"
                                + " 2026-11-22T10:10:00Z: is a rotated file missing?");
    }

    @Test
    void copiesAndExtractsAreReadOnce() throws IOException {
        Path log = write("mail.log", refusal("Nov 24 10:00:00", "mx1", 1));
        Path copy = Files.copy(log, directory.resolve("mail.log.copy"));
        Path extract = Files.copy(log, directory.resolve("mail.info"));
        HistoryReport report = read(directory);
        assertThat(told()).hasSize(1);
        assertThat(report.warnings())
                .containsExactly(
                        extract + " is left out: its lines are in mail.log",
                        copy + " is left out: it begins as " + log + " does");
        events.clear();
        read(extract);
        read(log, directory);
        assertThat(told()).hasSize(2);
    }

    @Test
    void inADirectoryWhatIsNoLogIsLeftOut() throws IOException {
        write("mail.log", refusal("Nov 24 10:00:00", "mx1", 1));
        Path image = write("image.png", "\u0089PNG\r\n\u0000\u0001");
        Path cron = write("cron.log", "Nov 24 10:00:00 mx1 cron[7]: x");
        write(".hidden", refusal("Nov 24 10:00:00", "mx1", 2));
        write(".git/x", refusal("Nov 24 10:00:00", "mx1", 2));
        HistoryReport report = read(directory);
        assertThat(told()).hasSize(1);
        assertThat(report.warnings())
                .containsExactly(cron + " is a syslog of cron: left out", image + " begins with '?PNG': left out");
        assertThatThrownBy(() -> read(cron))
                .isInstanceOf(HistoryException.class)
                .hasMessage(cron + " is a syslog of cron; allowed are logs of postfix, sendmail, exim, exchange,"
                        + " exchange-tracking, haraka, events");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThatThrownBy(() -> read(empty))
                .isInstanceOf(HistoryException.class)
                .hasMessageStartingWith("there is no log that is known: " + empty + " is empty; allowed are");
        assertThatThrownBy(() -> read(directory.resolve("nowhere"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFormatThatIsSaidHolds() throws IOException {
        Path cron = write("x.log", "Nov 24 10:00:00 mx1 cron[7]: x", refusal("Nov 24 10:00:01", "mx1", 1));
        HistoryReport report = read(Sources.of(cron), History.Options.at(NOW).withFormat(LogFormat.SENDMAIL));
        assertThat(report.events()).isZero();
        assertThat(report.files().get(0).format()).isEqualTo(LogFormat.SENDMAIL);
        assertThat(report.total().ignored()).containsKeys("cron", "postfix");
    }

    @Test
    void standardInputIsReadOnceAndNotClosed() throws IOException {
        byte[] log = (refusal("Nov 24 10:00:00", "mx1", 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        InputStream in = new ByteArrayInputStream(log) {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };
        Sources sources = new Sources(List.of(Sources.STANDARD_INPUT), in);
        assertThat(sources.repeatable()).isFalse();
        HistoryReport report = read(sources, History.Options.at(NOW));
        assertThat(told()).containsExactly("2026-11-24T10:00:00Z mx1.1");
        assertThat(report.files()).extracting(FileReport::file).containsExactly("standard input");
        try (History history = History.open(
                new Sources(List.of(Sources.STANDARD_INPUT), new ByteArrayInputStream(log)), History.Options.at(NOW))) {
            assertThat(history.totalBytes()).isEmpty();
        }
        assertThatThrownBy(() -> Sources.of(Sources.STANDARD_INPUT, Sources.STANDARD_INPUT))
                .isInstanceOf(HistoryException.class);
        assertThatThrownBy(Sources::of)
                .isInstanceOf(HistoryException.class)
                .hasMessage("there is no history without a file; - reads standard input");
    }

    @Test
    void stampsWithoutAZoneAreInTheOneThatIsGiven() throws IOException {
        Path log = write("mail.log", refusal("Nov 24 10:00:00", "mx1", 1), refusal("2026-11-24T10:00:00Z", "mx1", 2));
        read(Sources.of(log), History.Options.at(NOW).withZone(ZoneId.of("Europe/Vienna")));
        assertThat(told()).containsExactly("2026-11-24T09:00:00Z mx1.1", "2026-11-24T10:00:00Z mx1.2");
    }

    @Test
    void aSiteMayDeclarePoolsAndNetworksOfItsOwn() throws IOException {
        Path log = write(
                "mail.log",
                refusal("Nov 24 10:00:00", "mx1", 1),
                refusal("Nov 24 10:00:01", "mx1", 2),
                refusal("Nov 24 10:00:02", "mx1", 3));
        History.Options options = History.Options.at(NOW).withSenders(64, client -> switch (client.text()) {
            case "203.0.113.1" -> SenderKey.pool("acme");
            case "203.0.113.2" -> null;
            default -> client.sender();
        });
        read(Sources.of(log), options);
        assertThat(events).extracting(event -> event.sender().text()).containsExactly("pool:acme", "203.0.113.3");
    }

    @Test
    void progressIsToldAlsoWhereThereIsNoEvent() throws IOException {
        Path log = write("mail.log", "Nov 24 10:00:00 mx1 postfix/qmgr[7]: removed", "x".repeat(300_000));
        AtomicInteger told = new AtomicInteger();
        try (History history = History.open(Sources.of(log), History.Options.at(NOW))) {
            history.onProgress(told::incrementAndGet);
            history.forEach(event -> {});
            assertThat(history.bytesRead()).isEqualTo(Files.size(log));
        }
        assertThat(told).hasValueGreaterThan(3);
    }

    @Test
    void twoLogsOfTheSameMailAreSaidToBe() throws IOException {
        write(
                "track.log",
                "#Log-type: Message Tracking Log",
                "#Fields: date-time,server-hostname,source,event-id",
                "2026-11-24T10:00:00.000Z,EX1,STOREDRIVER,DELIVER");
        write("recv.log", "2026-11-24T10:00:00.000Z,EX1\\Default,A,1,192.0.2.1:25,203.0.113.1:4,+,,");
        assertThat(read(directory).warnings())
                .containsExactly("EX1 has logs of exchange and exchange-tracking; mail that is in both counts twice");
    }

    @Test
    void moreLogsThanCanBeReadSideBySideAreRefused() throws IOException {
        for (int i = 0; i <= 500; i++) {
            write("mx" + i + "/mail.log", refusal("Nov 24 10:00:00", "mx" + i, i % 256));
        }
        assertThatThrownBy(() -> read(directory))
                .isInstanceOf(HistoryException.class)
                .hasMessage(
                        "there are more than 500 logs to be read side by side; read those of fewer servers at a time");
    }

    @Test
    void theReportReadsLikeThis() throws IOException {
        Path log = write("mail.log", refusal("Nov 24 10:00:00", "mx1", 1), "junk");
        assertThat(read(log).text()).isEqualTo("""
                %1$s: postfix, mx1; 2 lines, 1 malformed, 1 events 2026-11-24T10:00:00Z to 2026-11-24T10:00:00Z
                  %1$s line 2: no time stamp: junk
                         2  lines read
                         1  understood
                         0  ignored
                         1  malformed
                         1  events
                         1    transactions rejected
                  from 2026-11-24T10:00:00Z to 2026-11-24T10:00:00Z
                         0  without an end in this log
                """.formatted(log));
    }
}
