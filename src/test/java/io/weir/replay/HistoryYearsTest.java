package io.weir.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which year lines are of that do not say: all over New Year, and in files that were copied since. */
class HistoryYearsTest {
    private static final Instant NOW = Instant.parse("2027-02-10T12:00:00Z");

    @TempDir
    Path directory;

    private Path write(String name, String modified, String... stamps) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String stamp : stamps) {
            lines.append(stamp).append(" mx1 postfix/smtpd[7]: NOQUEUE: reject: RCPT from x[203.0.113.7]: 550 no\n");
        }
        Path file = directory.resolve(name);
        try (OutputStream out = name.endsWith(".gz")
                ? new GZIPOutputStream(Files.newOutputStream(file))
                : Files.newOutputStream(file)) {
            out.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
        }
        return Files.setLastModifiedTime(file, FileTime.from(Instant.parse(modified)));
    }

    private List<String> read(History.Options options) throws IOException {
        List<String> times = new ArrayList<>();
        try (History history = History.open(Sources.of(directory), options)) {
            HistoryReport report = history.forEach(event ->
                    times.add(Instant.ofEpochMilli(event.occurredAtMs()).toString()));
            assertThat(report.total().malformed()).isZero();
        }
        return times;
    }

    @Test
    void rotatedLogsOverNewYear() throws IOException {
        write("mail.log.2", "2026-12-28T00:00:00Z", "Dec 20 10:00:00", "Dec 27 23:59:59");
        write("mail.log.1", "2027-01-04T00:00:00Z", "Dec 28 00:00:01", "Jan  3 23:59:59");
        write("mail.log", "2027-01-05T10:00:00Z", "Jan  4 00:00:01");
        assertThat(read(History.Options.at(NOW)))
                .containsExactly(
                        "2026-12-20T10:00:00Z",
                        "2026-12-27T23:59:59Z",
                        "2026-12-28T00:00:01Z",
                        "2027-01-03T23:59:59Z",
                        "2027-01-04T00:00:01Z");
    }

    @Test
    void theYearThatIsGivenIsThatOfTheOldestLineOfAll() throws IOException {
        write("mail.log.2", "2027-02-01T00:00:00Z", "Dec 20 10:00:00");
        write("mail.log.1", "2027-02-01T00:00:00Z", "Dec 28 00:00:01", "Jan  3 23:59:59");
        write("mail.log", "2027-02-01T00:00:00Z", "Jan  4 00:00:01");
        assertThat(read(History.Options.at(NOW).withFirstYear(2015)))
                .containsExactly(
                        "2015-12-20T10:00:00Z", "2015-12-28T00:00:01Z", "2016-01-03T23:59:59Z", "2016-01-04T00:00:01Z");
    }

    @Test
    void lessThanAYearMayLieBetweenFilesOfTheSameMonths() throws IOException {
        write("mail.log-20251201", "2027-02-01T00:00:00Z", "Nov 25 10:00:00");
        write("mail.log-20261201", "2027-02-01T00:00:00Z", "Nov 25 10:00:00");
        assertThat(read(History.Options.at(NOW))).containsExactly("2025-11-25T10:00:00Z", "2026-11-25T10:00:00Z");
    }

    /** The first line alone could be of last August; the last cannot be of this February. */
    @Test
    void aCopyOfALogThatGoesOverNewYear() throws IOException {
        write("mail.log", "2027-02-09T00:00:00Z", "Aug 31 10:00:00", "Dec  1 10:00:00", "Feb 20 10:00:00");
        assertThat(read(History.Options.at(NOW)))
                .containsExactly("2025-08-31T10:00:00Z", "2025-12-01T10:00:00Z", "2026-02-20T10:00:00Z");
    }

    /** A copy is younger than its original; gzip remembers when that was written. */
    @Test
    void whatGzipKnowsOfItsOriginalCounts() throws IOException {
        Path packed = write("old.gz", "2027-02-01T00:00:00Z", "Nov 25 10:00:00");
        byte[] bytes = Files.readAllBytes(packed);
        long original = Instant.parse("2024-12-01T00:00:00Z").getEpochSecond();
        for (int i = 0; i < 4; i++) {
            bytes[4 + i] = (byte) (original >> (8 * i));
        }
        Files.write(packed, bytes);
        assertThat(read(History.Options.at(NOW))).containsExactly("2024-11-25T10:00:00Z");
    }

    @Test
    void aFileFromTheFutureIsNotYoungerThanNow() throws IOException {
        write("mail.log", "2030-01-01T00:00:00Z", "Nov 25 10:00:00");
        assertThat(read(History.Options.at(NOW))).containsExactly("2026-11-25T10:00:00Z");
    }
}
