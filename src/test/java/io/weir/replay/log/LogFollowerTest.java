package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.ConnectionEvent;
import io.weir.replay.log.LogFollower.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T21:00:00Z"), ZoneOffset.UTC);

    /** Sessions and transactions that overlap, one that never ends, a clock that is set back, lines that are none. */
    private static final List<String> LOG = List.of(
            smtpd("10:00:00", 7, "connect from a.example[203.0.113.7]"),
            smtpd("10:00:01", 8, "connect from b.example[203.0.113.8]"),
            smtpd("10:00:02", 7, "4104E3D: client=a.example[203.0.113.7]"),
            smtpd("10:00:03", 8, "4104E3E: client=b.example[203.0.113.8]"),
            smtpd("10:00:04", 8, "disconnect from b.example[203.0.113.8]"),
            smtpd("10:00:05", 9, "connect from c.example[2001:db8::9]"),
            smtpd("10:00:06", 6, "4104E40: client=never.example[203.0.113.6]"),
            "not a line of a log",
            line("10:00:09", "qmgr[2]", "4104E3D: from=<x@a.example>, size=10, nrcpt=2 (queue active)"),
            smtpd("10:00:05", 7, "4104E3F: client=a.example[203.0.113.7]"),
            line("10:00:06", "qmgr[2]", "4104E3E: from=<>, size=20, nrcpt=1 (queue active)"),
            smtpd("10:00:07", 7, "lost connection after DATA from a.example[203.0.113.7]"),
            smtpd("10:00:07", 7, "disconnect from a.example[203.0.113.7]"),
            smtpd("10:00:10", 9, "NOQUEUE: reject: RCPT from c.example[2001:db8::9]: 550 no; from=<>"),
            smtpd("10:00:11", 8, "connect from d.example[198.51.100.4]"),
            smtpd("10:00:12", 8, "too many errors after UNKNOWN from d.example[198.51.100.4]"),
            smtpd("10:00:13", 8, "disconnect from d.example[198.51.100.4]"),
            smtpd("10:00:14", 9, "disconnect from c.example[2001:db8::9]"));

    @TempDir
    Path directory;

    private Path log;
    private Path rotated;
    private final List<ConnectionEvent> events = new ArrayList<>();
    private byte @Nullable [] mark;
    private LogFollower follower;

    private static String smtpd(String time, int pid, String text) {
        return line(time, "smtpd[" + pid + "]", text);
    }

    private static String line(String time, String process, String text) {
        return "Nov 23 " + time + " mx1 postfix/" + process + ": " + text;
    }

    @BeforeEach
    void emptyLog() throws IOException {
        log = Files.createFile(directory.resolve("mail.log"));
        rotated = directory.resolve("mail.log.1");
        follower = follower(2_000);
    }

    @AfterEach
    void close() throws IOException {
        follower.close();
    }

    private LogFollower follower(int mostLines) throws IOException {
        return new LogFollower(log, ZoneOffset.UTC, CLOCK, mark, mostLines);
    }

    private void restart() throws IOException {
        restart(2_000);
    }

    private void restart(int mostLines) throws IOException {
        follower.close();
        follower = follower(mostLines);
    }

    private void readOn() throws IOException {
        while (readBatch()) {
            // until nothing has come
        }
    }

    private boolean readBatch() throws IOException {
        Batch batch = follower.next();
        if (batch != null) {
            events.addAll(batch.events());
            mark = batch.mark();
        }
        return batch != null;
    }

    private static void append(Path to, String text) throws IOException {
        Files.writeString(to, text, StandardCharsets.ISO_8859_1, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String lines(int from, int to) {
        return String.join("\n", LOG.subList(from, to)) + (from < to ? "\n" : "");
    }

    private void rename() throws IOException {
        Files.move(log, rotated);
    }

    private void copyAndTruncate() throws IOException {
        Files.copy(log, rotated, StandardCopyOption.REPLACE_EXISTING);
        truncate();
    }

    private void truncate() throws IOException {
        try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
    }

    private static List<ConnectionEvent> expected() throws IOException {
        List<ConnectionEvent> expected = new ArrayList<>();
        PostfixLogReader.read(
                PostfixLogFixture.bytes(LOG),
                new LogReader.Options(ZoneOffset.UTC, OptionalInt.of(2026), Instant.EPOCH, 64, Senders.EACH, "log"),
                expected::add);
        assertThat(expected).hasSizeGreaterThan(4);
        return expected;
    }

    private void requireAllOnce() throws IOException {
        assertThat(events).isEqualTo(expected());
    }

    private void reset() throws IOException {
        events.clear();
        mark = null;
        Files.deleteIfExists(rotated);
        Files.deleteIfExists(log);
        Files.createFile(log);
        restart();
    }

    @Test
    void aStopAfterAnyLineChangesNothing() throws IOException {
        append(log, lines(0, LOG.size()));
        readOn();
        requireAllOnce();
        for (int stop = 0; stop <= LOG.size(); stop++) {
            reset();
            append(log, lines(0, LOG.size()));
            restart(1);
            for (int i = 0; i < stop; i++) {
                readBatch();
            }
            restart();
            readOn();
            requireAllOnce();
        }
    }

    @Test
    void aStopAfterEachLineChangesNothing() throws IOException {
        append(log, lines(0, LOG.size()));
        do {
            restart(1);
        } while (readBatch());
        requireAllOnce();
    }

    /** A batch that was read but not kept is read again. */
    @Test
    void aCrashBeforeABatchIsKeptChangesNothing() throws IOException {
        append(log, lines(0, LOG.size()));
        boolean more = true;
        while (more) {
            restart(3);
            more = follower.next() != null;
            restart(3);
            readBatch();
        }
        requireAllOnce();
    }

    private interface Rotation {
        void run() throws IOException;
    }

    private List<Rotation> rotations() {
        return List.of(this::rename, this::copyAndTruncate);
    }

    @Test
    void aRotationWhileReadingLosesAndRepeatsNothing() throws IOException {
        for (Rotation rotation : rotations()) {
            for (int read = 1; read <= LOG.size(); read++) {
                for (int written = read; written <= LOG.size(); written++) {
                    rotated(rotation, read, written, false);
                }
            }
        }
    }

    /** Only by renaming: a copy of which nothing was read is nobody's. */
    @Test
    void aRotationByNameBeforeTheFirstLineIsReadLosesNothing() throws IOException {
        for (int written = 0; written <= LOG.size(); written++) {
            rotated(this::rename, 0, written, false);
        }
    }

    @Test
    void aRotationWhileAwayLosesAndRepeatsNothing() throws IOException {
        for (Rotation rotation : rotations()) {
            for (int read = 1; read <= LOG.size(); read++) {
                for (int written = read; written <= LOG.size(); written++) {
                    rotated(rotation, read, written, true);
                }
            }
        }
    }

    private void rotated(Rotation rotation, int read, int written, boolean away) throws IOException {
        reset();
        append(log, lines(0, read));
        readOn();
        append(log, lines(read, written));
        rotation.run();
        append(log, lines(written, LOG.size()));
        if (away) {
            restart();
        }
        readOn();
        restart();
        readOn();
        assertThat(events).as("read %d, rotated at %d", read, written).isEqualTo(expected());
    }

    @Test
    void aWriterThatHasNotNoticedTheRotationIsStillHeard() throws IOException {
        append(log, lines(0, 4));
        readOn();
        rename();
        append(rotated, lines(4, 6));
        readOn();
        Files.createFile(log);
        append(rotated, lines(6, 8));
        readOn();
        restart();
        append(rotated, lines(8, 10));
        append(log, lines(10, LOG.size()));
        readOn();
        requireAllOnce();
    }

    @Test
    void severalRotationsWhileAwayAreReadInTheirOrder() throws IOException {
        append(log, lines(0, 3));
        readOn();
        append(log, lines(3, 5));
        Files.move(log, directory.resolve("mail.log.3"));
        append(directory.resolve("mail.log.2"), lines(5, 9));
        append(rotated, lines(9, 12));
        append(log, lines(12, LOG.size()));
        append(directory.resolve("mail.log.bak"), lines(0, 9));
        restart();
        readOn();
        requireAllOnce();
    }

    @Test
    void rotatedFilesMayBeNamedByDate() throws IOException {
        append(log, lines(0, 3));
        readOn();
        append(log, lines(3, 5));
        Files.move(log, directory.resolve("mail.log-20261123"));
        append(directory.resolve("mail.log-20261124"), lines(5, 9));
        append(log, lines(9, LOG.size()));
        restart();
        readOn();
        requireAllOnce();
    }

    @Test
    void aLineIsReadWhenItsEndIsThere() throws IOException {
        String all = lines(0, LOG.size());
        for (int i = 0; i < all.length(); i += 23) {
            append(log, all.substring(i, Math.min(all.length(), i + 23)));
            readOn();
            restart();
        }
        requireAllOnce();
    }

    @Test
    void theLastLineOfARotatedFileNeedsNoEnd() throws IOException {
        String first = lines(0, 9);
        append(log, first.substring(0, first.length() - 1));
        readOn();
        rename();
        append(log, lines(9, LOG.size()));
        readOn();
        requireAllOnce();
    }

    @Test
    void afterATruncationWithoutACopyTheNewContentIsRead() throws IOException {
        append(log, lines(0, 9));
        readOn();
        truncate();
        readOn();
        append(log, lines(9, LOG.size()));
        readOn();
        requireAllOnce();
    }

    @Test
    void aTruncationIsSeenThoughTheNewContentIsLonger() throws IOException {
        append(log, lines(0, 3));
        readOn();
        truncate();
        append(log, lines(3, LOG.size()));
        readOn();
        requireAllOnce();
    }

    @Test
    void whenTheRotatedFileIsGoneTheNewOneIsReadFromItsBeginning() throws IOException {
        append(log, lines(0, 5));
        readOn();
        Files.delete(log);
        append(log, lines(5, LOG.size()));
        restart();
        readOn();
        requireAllOnce();
    }

    @Test
    void aLineThatIsTooLongIsSkippedToItsEndWhereverTheReadingStops() throws IOException {
        append(log, lines(0, 5));
        for (int i = 0; i < 5; i++) {
            append(log, "x".repeat(LineReader.MAX_LINE_BYTES));
            readOn();
            restart();
        }
        append(log, LOG.get(5) + "\n"); // the end of the long line, and no line of its own
        readOn();
        assertThat(follower.report().lines()).isZero();
        append(log, lines(5, LOG.size()));
        readOn();
        requireAllOnce();
    }

    @Test
    void aStampOfTheFutureDoesNotSpoilWhatFollows() throws IOException {
        append(log, "2031-01-01T00:00:00Z mx1 postfix/smtpd[5]: connect from a.example[203.0.113.7]\n");
        append(log, lines(0, LOG.size()));
        readOn();
        requireAllOnce();
        assertThat(follower.report().malformed()).isEqualTo(2);
    }

    /** Regression: all that followed such a line got its time, and Kafka refuses what is more than a minute ahead. */
    @Test
    void aLineStampedHoursAheadTakesNoOtherAlong() throws IOException {
        append(log, line("23:30:00", "smtpd[9]", "connect from ahead.example[203.0.113.9]") + "\n");
        append(log, line("23:30:01", "smtpd[9]", "disconnect from ahead.example[203.0.113.9]") + "\n");
        append(log, line("20:59:58", "smtpd[7]", "connect from a.example[203.0.113.7]") + "\n");
        append(log, line("20:59:59", "smtpd[7]", "disconnect from a.example[203.0.113.7]") + "\n");
        readOn();
        assertThat(events)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.occurredAtMs()).isEqualTo(CLOCK.millis()));
        assertThat(follower.report().linesAhead()).isEqualTo(2);
        assertThat(follower.report().malformed()).isZero();
    }

    @Test
    void tellsHowFarItIsBehind() throws IOException {
        append(log, lines(0, 5));
        assertThat(follower.bytesBehind()).isEqualTo(lines(0, 5).length());
        rename();
        append(log, lines(5, 7));
        assertThat(follower.bytesBehind()).isEqualTo(lines(0, 7).length());
        readOn();
        assertThat(follower.bytesBehind()).isZero();
    }

    @Test
    void aMissingFileAndAMarkOfAnotherVersionAreSaid() throws IOException {
        mark = ByteBuffer.allocate(Long.BYTES).putLong(99).array();
        assertThatThrownBy(() -> follower(1)).isInstanceOf(IOException.class).hasMessageContaining("another version");
        mark = null;
        Files.delete(log);
        assertThatThrownBy(() -> follower(1)).isInstanceOf(NoSuchFileException.class);
    }
}
