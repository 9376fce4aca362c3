package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.SharedData;
import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that another project's parsers are tested with, and what these are expected to find: client and time, where ours is an event. */
@SharedData.Needed("maillogs/crowdsec/.tests")
class CrowdsecLogsTest {
    private static final Pattern ASSERTION = Pattern.compile(
            "results\\[\"s01-parse\"]\\[\"([^\"]+)\"]\\[(\\d+)]\\.Evt\\.(?:Parsed|Meta)\\[\"([^\"]+)\"] == \"(.*)\"");

    /** Their clients are in private networks. */
    private static LogReader.Options options(int year) {
        return new LogReader.Options(
                Read.options().zone(),
                Read.options().withFirstYear(year).firstYear(),
                Read.options().lastWritten(),
                64,
                client -> SenderKey.pool("all"),
                "here");
    }

    // Events: grep -cE ' NOQUEUE: reject' of smtpd, ' rejected (RCPT|connection)' of Exim; none where users log in.
    @ParameterizedTest
    @CsvSource({
        "postfix-logs,            POSTFIX,  7,  4",
        "postfix-spam,            POSTFIX,  6,  2",
        "postfix-helo,            POSTFIX,  2,  2",
        "postfix-relay,           POSTFIX,  2,  2",
        "postfix-sasl-bf,         POSTFIX,  3,  0",
        "postfix-honeypot-users,  POSTFIX,  9,  0",
        "postfix-non-smtp,        POSTFIX,  1,  0",
        "postscreen-logs,         POSTFIX,  2,  0",
        "exim-logs,               EXIM,     12, 5",
        "exim-spam,               EXIM,     8,  5",
        "exim-bf,                 EXIM,     6,  1",
        "exim-syslog-logs,        EXIM,     11, 5",
        "exchange-smtp-logs,      EXCHANGE, 1,  0",
        "exchange-smtp-bf,        EXCHANGE, 9,  0",
    })
    void anEventHasTheClientAndTimeThatTheyFind(String name, LogFormat format, int lines, int expected)
            throws IOException {
        Path directory = SharedData.file("maillogs/crowdsec/.tests").resolve(name);
        List<Map<String, String>> found = found(directory.resolve("parser.assert"));
        int read = 0;
        int events = 0;
        for (String line : lines(directory)) {
            Read one = Read.lines(format, options(2026), line);
            assertThat(one.report().malformed()).as(line).isZero();
            read++;
            for (ConnectionEvent event : one.events()) {
                events++;
                // Some directories assert nothing of single lines.
                assertThat(found.isEmpty() || found.stream().anyMatch(fields -> isOf(fields, line, event)))
                        .as(line)
                        .isTrue();
            }
        }
        assertThat(read).isEqualTo(lines);
        assertThat(events).isEqualTo(expected);
    }

    private static boolean isOf(Map<String, String> fields, String line, ConnectionEvent event) {
        String message = fields.getOrDefault("message", "");
        String client = fields.getOrDefault("source_ip", fields.getOrDefault("remote_addr", ""));
        String stamp = fields.getOrDefault("date", fields.getOrDefault("timestamp8601", ""));
        String instant = stamp.contains("T") ? stamp.replace("+00:00", "Z") : stamp.replace(' ', 'T') + "Z";
        boolean dated = stamp.isEmpty()
                || event.occurredAtMs() == Instant.parse(instant).toEpochMilli();
        return !message.isEmpty() && line.contains(message) && client.equals(event.clientAddress()) && dated;
    }

    private static List<String> lines(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Path log = files.filter(file -> file.toString().endsWith(".log"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(log).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }

    /** What is asserted of each line, in any order. */
    private static List<Map<String, String>> found(Path assertions) throws IOException {
        Map<String, Map<String, String>> found = new TreeMap<>();
        for (String line : Files.readAllLines(assertions)) {
            Matcher matcher = ASSERTION.matcher(line);
            if (matcher.matches()) {
                String value = matcher.group(4).replace("\\\"", "\"").replace("\\\\", "\\");
                found.computeIfAbsent(matcher.group(1) + matcher.group(2), key -> new TreeMap<>())
                        .put(matcher.group(3), value);
            }
        }
        return new ArrayList<>(found.values());
    }
}
