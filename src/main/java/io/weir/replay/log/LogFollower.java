package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import io.weir.replay.log.LogTail.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Postfix's log as it grows, over rotations and over pauses.
 *
 * <p>After a pause the follower goes on from the mark of the last batch that was kept. A mark holds the position and everything the
 * reader knows at it: the newest time, sessions and transactions that are open. So no line is ever read a second time, and the events of
 * a log are the same wherever the reading was broken off, as long as the mark is kept in one write with its batch's events. Reading
 * again from the oldest open transaction would need neither, but could not be exact: what had begun before that line and ended after it
 * would be unknown, clocks that were set back would be read otherwise, and a transaction that never ends would hold the place for ever,
 * in a file that is deleted some day.
 */
public final class LogFollower implements AutoCloseable {
    private static final int FORMAT = 1;
    private static final int MOST_LINES = 2_000;

    private final Path path;
    private final ZoneId zone;
    private final Clock clock;
    private final LogTail tail;
    private final int mostLines;
    private @Nullable LogReader reader;

    /**
     * What a few lines have brought.
     *
     * @param mark to go on from after them; to be kept together with the events, and also when there are none
     */
    public record Batch(List<ConnectionEvent> events, byte[] mark) {}

    /**
     * @param zone of stamps that name none
     * @param mark the last one that was kept; null to begin with the file as it is
     * @throws IOException when there is no file, or the mark is of a later version
     */
    public static LogFollower open(Path path, ZoneId zone, Clock clock, byte @Nullable [] mark) throws IOException {
        return new LogFollower(path, zone, clock, mark, MOST_LINES);
    }

    LogFollower(Path path, ZoneId zone, Clock clock, byte @Nullable [] mark, int mostLines) throws IOException {
        this.path = path;
        this.zone = zone;
        this.clock = clock;
        this.mostLines = mostLines;
        if (mark == null) {
            this.tail = new LogTail(path, null);
            return;
        }
        StateReader from = new StateReader(mark);
        long format = from.number();
        if (format != FORMAT) {
            throw new IOException("the position in " + path + " was kept by another version, in format " + format);
        }
        Position position = Position.load(from);
        LogReader known = newReader();
        known.load(from);
        this.reader = known;
        this.tail = new LogTail(path, position);
    }

    /** What has come since; null when nothing has. */
    public @Nullable Batch next() throws IOException {
        List<LogTail.Line> lines = tail.next(mostLines);
        if (lines == null) {
            return null;
        }
        LogReader reading = reader();
        List<ConnectionEvent> events = new ArrayList<>();
        lines.forEach(line -> reading.read(line.text(), line.tooLong(), events::add));
        return new Batch(events, mark(reading));
    }

    /** Not before there is a line: the year of an empty file's first line is not that of its making. */
    private LogReader reader() {
        LogReader known = reader;
        if (known == null) {
            known = newReader();
            reader = known;
        }
        return known;
    }

    private LogReader newReader() {
        LogReader.Options options =
                LogReader.Options.of(LogFile.lastWritten(path, clock.instant())).withZone(zone);
        return LogReader.following(LogFormat.POSTFIX, options, clock::millis);
    }

    private byte[] mark(LogReader reading) throws IOException {
        StateWriter to = new StateWriter();
        to.number(FORMAT);
        tail.position().save(to);
        reading.save(to);
        return to.bytes();
    }

    /** Bytes of the log that were not read yet. */
    public long bytesBehind() throws IOException {
        return tail.behind();
    }

    /** What was read since this follower began; empty before the first line. */
    public ReadReport report() {
        return reader().report();
    }

    @Override
    public void close() throws IOException {
        tail.close();
    }
}
