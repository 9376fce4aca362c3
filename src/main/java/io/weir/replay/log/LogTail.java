package io.weir.replay.log;

import io.weir.replay.log.LogFile.Fingerprint;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a log that grows, and that is rotated meanwhile by renaming it or by copying and truncating it. A line is read when its end is
 * there; the last one of a file that was rotated needs none.
 *
 * <p>A file that was renamed is read on until its successor has content: until then its writer may not have noticed. Truncation shows
 * in a file that is shorter than what was read of it, or begins otherwise; this is looked at after each reading, and what was read is
 * thrown away if so. What is still missing then, and what is missing after a pause, is sought in the rotated files ({@link RotatedLogs})
 * by identity and beginning, and all younger ones are read after it.
 *
 * <p>What cannot be seen: a copy of which not one line had been read before the original was truncated. Nothing tells it from a log of
 * before there was a reader.
 */
final class LogTail implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LogTail.class);
    private static final long MOST_BYTES = 1024 * 1024;

    private final Path path;
    private LogFile current;
    private Position position;

    /**
     * How far a log was read.
     *
     * @param file its device and inode
     * @param offset bytes of it that were read
     * @param midLine whether the rest of a line that is too long follows, which nobody needs
     * @param beginning of the file
     */
    record Position(String file, long offset, boolean midLine, Fingerprint beginning) {
        static Position startOf(LogFile file) {
            return new Position(file.key(), 0, false, Fingerprint.NONE);
        }

        /** Whether a file is the one, or a copy of it. */
        boolean isIn(LogFile other) throws IOException {
            boolean told = other.key().equals(file) || beginning.length() > 0;
            return told && other.size() >= offset && other.begins(beginning);
        }

        void save(StateWriter to) throws IOException {
            to.text(file);
            to.number(offset);
            to.flag(midLine);
            to.number(beginning.length());
            to.text(beginning.hash());
        }

        static Position load(StateReader from) throws IOException {
            return new Position(
                    from.text(), from.number(), from.flag(), new Fingerprint((int) from.number(), from.text()));
        }
    }

    /** One line, or as much of it as is read. */
    record Line(String text, boolean tooLong) {}

    /** @param from where a reading before has ended; null for the beginning */
    LogTail(Path path, @Nullable Position from) throws IOException {
        this.path = path.toAbsolutePath();
        LogFile found = from == null ? null : find(from);
        if (from != null && found == null) {
            log.warn("{} was rotated, and what was being read is gone: its last lines may be missing", path);
        }
        this.current = found == null ? LogFile.open(this.path) : found;
        this.position = from == null || found == null
                ? Position.startOf(current)
                : new Position(current.key(), from.offset, from.midLine, from.beginning);
    }

    /** The file itself before a copy of it, and the younger before the older. */
    private @Nullable LogFile find(Position sought) throws IOException {
        List<Path> candidates = new ArrayList<>();
        candidates.add(path);
        RotatedLogs.of(path).forEach(rotated -> candidates.add(1, rotated));
        LogFile same = find(sought, candidates, true);
        return same == null ? find(sought, candidates, false) : same;
    }

    private static @Nullable LogFile find(Position sought, List<Path> candidates, boolean same) throws IOException {
        for (Path candidate : candidates) {
            LogFile file = openIfThere(candidate);
            if (file != null) {
                if (file.key().equals(sought.file) == same && sought.isIn(file)) {
                    return file;
                }
                file.close();
            }
        }
        return null;
    }

    private static @Nullable LogFile openIfThere(Path candidate) throws IOException {
        try {
            return LogFile.open(candidate);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    Position position() {
        return position;
    }

    /** Bytes in the files that were not read yet, as far as they can be told quickly. */
    long behind() throws IOException {
        long here = Math.max(0, current.size() - position.offset);
        LogFile live = isLive() ? null : openIfThere(path);
        if (live == null) {
            return here;
        }
        try (live) {
            return here + live.size();
        }
    }

    /**
     * The next lines, at most so many; null when nothing has come. An empty list is progress without a line.
     */
    @Nullable
    List<Line> next(int most) throws IOException {
        while (true) {
            List<Line> lines = read(most, false);
            if (lines == null && isIntact()) {
                LogFile successor = isLive() ? null : successor();
                if (successor == null) {
                    return null;
                }
                // Its writer may have written once more before it turned to the successor, and the last line may lack
                // its end.
                lines = read(most, true);
                if (lines == null) {
                    moveTo(successor, Position.startOf(successor));
                } else {
                    successor.close();
                }
            }
            if (lines != null) {
                return lines;
            }
            if (!isIntact()) {
                recover();
            }
        }
    }

    private boolean isLive() throws IOException {
        String live = LogFile.keyOrNone(path);
        return live.equals(current.key());
    }

    private boolean isIntact() throws IOException {
        return current.size() >= position.offset && current.begins(position.beginning);
    }

    /** @param last whether nothing more comes: then the last line needs no end */
    private @Nullable List<Line> read(int most, boolean last) throws IOException {
        List<Line> lines = new ArrayList<>();
        LineReader reader = new LineReader(current.from(position.offset));
        boolean midLine = position.midLine;
        long end = 0;
        while (lines.size() < most && end < MOST_BYTES) {
            String line = reader.next();
            boolean waits = line != null && !reader.ended() && !last && !midLine && !reader.tooLong();
            if (line == null || waits) {
                break;
            }
            if (!midLine) {
                lines.add(new Line(line, reader.tooLong()));
            }
            midLine = !reader.ended();
            end = reader.consumed();
        }
        long offset = position.offset + end;
        // Only now: had it been truncated while it was read, the lines would be of two files.
        if (end == 0 || current.size() < offset || !current.begins(position.beginning)) {
            return null;
        }
        position = new Position(current.key(), offset, midLine, current.fingerprint(offset));
        return lines;
    }

    /** The file after the current one, which was rotated; null while it has none that is written to. */
    private @Nullable LogFile successor() throws IOException {
        List<Path> rotated = RotatedLogs.of(path);
        for (int i = 0; i < rotated.size(); i++) {
            if (LogFile.keyOrNone(rotated.get(i)).equals(current.key())) {
                return i + 1 < rotated.size() ? openIfThere(rotated.get(i + 1)) : written();
            }
        }
        return written();
    }

    private @Nullable LogFile written() throws IOException {
        LogFile live = openIfThere(path);
        if (live != null && live.size() == 0) {
            live.close();
            return null;
        }
        return live;
    }

    /** The current file was truncated: its former content goes on in a copy, if there is one. */
    private void recover() throws IOException {
        LogFile copy = find(position);
        if (copy != null) {
            moveTo(copy, new Position(copy.key(), position.offset, position.midLine, position.beginning));
            return;
        }
        log.warn("{} was truncated; lines that were written just before may be missing", path);
        position = Position.startOf(current);
    }

    private void moveTo(LogFile next, Position start) throws IOException {
        current.close();
        current = next;
        position = start;
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
