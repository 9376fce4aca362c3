package io.weir.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.SharedData;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.replay.log.LogFormat;
import io.weir.replay.log.ReadReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files as they are. Numbers were counted with grep and awk, not with the code under test. */
class SamplesTest {
    private static final History.Options OPTIONS = History.Options.at(Instant.parse("2026-11-25T12:00:00Z"));

    private final List<ConnectionEvent> events = new ArrayList<>();

    private HistoryReport read(Path file, History.Options options) throws IOException {
        try (History history = History.open(Sources.of(file), options)) {
            return history.forEach(events::add);
        }
    }

    // grep -c 'smtpd\[[0-9]*\]: connect from'; awk '/smtpd/ && / connect from/ {print $NF}' | grep -o '\[.*\]' | sort
    // -u | wc -l
    @Test
    @SharedData.Needed("maillogs/kdent/mail.log")
    void aDayOfPostfix() throws IOException {
        Set<String> clients = new HashSet<>();
        History.Options options = OPTIONS.withFirstYear(2015).withSenders(64, client -> {
            clients.add(client.text());
            return client.sender();
        });
        HistoryReport report = read(SharedData.file("maillogs/kdent/mail.log"), options);
        assertThat(clients).hasSize(642);
        assertThat(report.files()).extracting(FileReport::format).containsExactly(LogFormat.POSTFIX);
        assertThat(report.total().malformed()).isZero();
        // Two have authenticated, and are not told of.
        assertThat(events.stream().map(ConnectionEvent::clientAddress).distinct())
                .hasSize(640);
        // Each of 1,184 connects ends in an event of its own or in those of its transactions: see PostfixRealLogTest.
        assertThat(report.events()).isEqualTo(1251);
        assertThat(events).extracting(ConnectionEvent::occurredAtMs).isSorted();
    }

    // Lines: wc -l. No time stamp: grep -vcE '^[A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8} '.
    @Test
    @SharedData.Needed("maillogs/infoht")
    void whatPostfixLogsWhenItIsBrokenOrDebugged() throws IOException {
        HistoryReport report = read(SharedData.file("maillogs/infoht/infoht_maillog"), OPTIONS);
        assertThat(report.total().lines()).isEqualTo(13888);
        assertThat(report.total().malformed()).isBetween(1290L, 1310L);
        assertThat(report.total().ignored()).contains(entry("sendmail", 1934L));
        ReadReport second =
                read(SharedData.file("maillogs/infoht/infoht_mailog2"), OPTIONS).total();
        assertThat(second.lines()).isEqualTo(6747);
        assertThat(second.understood() + second.ignoredLines() + second.malformed())
                .isEqualTo(6747);
    }

    // Comments: grep -hc '^#'. Rows by event: awk -F, '!/^#/ {print $7}' | sort | uniq -c; three clients of public
    // addresses.
    @Test
    @SharedData.Needed("maillogs/exchange")
    void exchangesProtocolAndTrackingLogs() throws IOException {
        HistoryReport report = read(SharedData.file("maillogs/exchange"), OPTIONS);
        assertThat(report.files())
                .extracting(FileReport::format)
                .containsExactlyInAnyOrder(LogFormat.EXCHANGE, LogFormat.EXCHANGE, LogFormat.EXCHANGE_TRACKING);
        assertThat(report.files()).extracting(FileReport::host).contains("SERVER-HOSTNAME", "TAIL-EXCH-1");
        assertThat(report.total().lines()).isEqualTo(35);
        assertThat(report.total().malformed()).isZero();
        // 5 of < and 4 of > in one session, + in the other.
        assertThat(report.total().understood()).isEqualTo(10);
        assertThat(report.total().ignored())
                .containsOnly(
                        entry("exchange/comment", 15L),
                        entry("exchange/information", 8L),
                        entry("exchange/STOREDRIVER NOTIFYMAPI", 1L),
                        entry("exchange/STOREDRIVER RECEIVE", 1L));
        assertThat(events).isEmpty();
        assertThat(report.total().openAtEnd()).isEqualTo(2);
    }

    // grep -c 'core\] connect' gives 4, of which two are of loopback; one disconnect, one message, one queue, which
    // took nothing.
    @Test
    @SharedData.Needed("maillogs/haraka/haraka_issue_lines.log")
    void harakasLinesUnderOneTime(@TempDir Path directory) throws IOException {
        String dated;
        try (Stream<String> lines =
                Files.lines(SharedData.file("maillogs/haraka/haraka_issue_lines.log"), StandardCharsets.ISO_8859_1)) {
            dated = lines.map(line ->
                            "2026-03-02T18:02:31.000Z " + line.substring(line.indexOf('[', line.indexOf(": [") + 1)))
                    .map(line -> line.replace("local_ip=IP", "local_ip=::"))
                    .reduce("", (all, line) -> all + line + "\n");
        }
        HistoryReport report = read(Files.writeString(directory.resolve("haraka.log"), dated), OPTIONS);
        assertThat(report.files()).extracting(FileReport::format).containsExactly(LogFormat.HARAKA);
        assertThat(report.total().lines()).isEqualTo(15);
        assertThat(report.total().malformed()).isZero();
        assertThat(report.total().transactions()).containsOnly(entry(Outcome.REJECTED, 1L));
        assertThat(events).extracting(ConnectionEvent::clientAddress).containsExactly("192.99.9.142");
        // Sessions of 213.121.237.252, 192.99.9.142 and 96.31.86.244 have no end.
        assertThat(report.total().openAtEnd()).isEqualTo(3);
    }
}
