package io.weir.replay;

import io.weir.replay.log.LineReader;
import io.weir.replay.log.LogSample;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One file of history, or standard input. */
final class LogSource {
    private final Path path;
    private final @Nullable BufferedInputStream standardInput;

    LogSource(Path path, InputStream standardInput) {
        this.path = path;
        this.standardInput =
                path.equals(Sources.STANDARD_INPUT) ? new BufferedInputStream(standardInput, 64 * 1024) : null;
    }

    String name() {
        return standardInput == null ? path.toString() : "standard input";
    }

    Path path() {
        return path;
    }

    /** Bytes as they lie on disk. */
    OptionalLong bytes() throws IOException {
        return standardInput == null ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
    }

    Instant lastWritten(Instant otherwise) throws IOException {
        return standardInput == null ? Files.getLastModifiedTime(path).toInstant() : otherwise;
    }

    /** The first lines; what is read here is read again by {@link #open}. */
    List<String> beginning() throws IOException {
        if (standardInput != null) {
            standardInput.mark(2 * LogSample.MOST_BYTES);
            List<String> lines = beginning(standardInput);
            standardInput.reset();
            return lines;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return beginning(in);
        }
    }

    private static List<String> beginning(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        LineReader reader = new LineReader(in);
        long read = 0;
        String line = reader.next();
        while (line != null && read < LogSample.MOST_BYTES) {
            lines.add(line);
            read += line.length() + 1L;
            line = reader.next();
        }
        return lines;
    }

    /**
     * From the beginning.
     *
     * @param progress is told how many bytes were read, again and again
     */
    InputStream open(LongConsumer progress) throws IOException {
        return new Counted(standardInput == null ? Files.newInputStream(path) : standardInput, progress);
    }

    private static final class Counted extends FilterInputStream {
        private final LongConsumer progress;

        Counted(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            progress.accept(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            int read = in.read(bytes, from, most);
            progress.accept(Math.max(0, read));
            return read;
        }
    }
}
