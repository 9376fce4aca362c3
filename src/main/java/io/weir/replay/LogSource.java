package io.weir.replay;

import io.weir.replay.log.LineReader;
import io.weir.replay.log.LogSample;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One file of history, or standard input. */
final class LogSource {
    private static final int CHUNK = 64 * 1024;
    /** Bytes of a log's text that are looked at. */
    private static final int MOST_LOOKED_AT = 1024 * 1024;

    private static final int MOST_LAST = 8 * 1024;

    private final Path path;
    private final @Nullable BufferedInputStream standardInput;

    LogSource(Path path, InputStream standardInput) {
        this.path = path;
        boolean isFile = !path.equals(Sources.STANDARD_INPUT);
        this.standardInput = isFile ? null : new BufferedInputStream(standardInput, CHUNK);
    }

    /** For messages. */
    String name() {
        return standardInput == null ? path.toString() : "standard input";
    }

    Path path() {
        return path;
    }

    RotationName rotation() {
        return RotationName.of(standardInput == null ? path : Path.of("standard-input"));
    }

    /** Bytes as they lie on disk. */
    OptionalLong bytes() throws IOException {
        return standardInput == null ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
    }

    /**
     * When the log was last written, at the latest: a copy is younger than what it is a copy of.
     *
     * @param now nothing was written later
     */
    Instant lastWritten(Instant now) throws IOException {
        if (standardInput != null) {
            return now;
        }
        Instant modified = earlier(now, Files.getLastModifiedTime(path).toInstant());
        Instant named = rotation()
                .date()
                .map(day -> day.plusDays(2).atStartOfDay(ZoneOffset.UTC).toInstant())
                .orElse(modified);
        return earlier(modified, earlier(named, packed().orElse(modified)));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** gzip keeps the time of the file that it has packed. */
    private Optional<Instant> packed() throws IOException {
        try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(path), CHUNK)) {
            if (Packing.of(in) != Packing.GZIP) {
                return Optional.empty();
            }
            byte[] header = in.readNBytes(8);
            long seconds = 0;
            for (int i = header.length - 1; i >= 4; i--) {
                seconds = (seconds << 8) | (header[i] & 0xff);
            }
            return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
        }
    }

    /** Adds the first lines; what is read here is read again by {@link #open}. */
    void look(LogSample sample) throws IOException {
        if (standardInput != null) {
            standardInput.mark(4 * MOST_LOOKED_AT);
            look(standardInput, sample);
            standardInput.reset();
            return;
        }
        try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(path), CHUNK)) {
            look(in, sample);
        }
    }

    private void look(BufferedInputStream in, LogSample sample) throws IOException {
        try {
            LineReader lines = new LineReader(Packing.of(in).unpack(in, name()));
            String line = lines.next();
            while (line != null && !sample.add(line) && lines.consumed() < MOST_LOOKED_AT) {
                line = lines.next();
            }
        } catch (IOException e) {
            if (!Packing.isDamage(e)) {
                throw e;
            }
        }
    }

    /** The last lines, the first of which may lack its beginning; none where they cannot be had without reading all. */
    List<String> lastLines() throws IOException {
        if (standardInput != null) {
            return List.of();
        }
        try (FileChannel file = FileChannel.open(path);
                BufferedInputStream beginning = new BufferedInputStream(Files.newInputStream(path), CHUNK)) {
            if (Packing.of(beginning) != Packing.PLAIN) {
                return List.of();
            }
            file.position(Math.max(0, file.size() - MOST_LAST));
            byte[] last = Channels.newInputStream(file).readNBytes(MOST_LAST);
            return new String(last, StandardCharsets.ISO_8859_1).lines().toList();
        }
    }

    /**
     * The text, from the beginning.
     *
     * @param progress is told how many bytes on disk were read, again and again
     */
    InputStream open(LongConsumer progress) throws IOException {
        InputStream raw = standardInput == null ? Files.newInputStream(path) : new Lent(standardInput);
        BufferedInputStream in = new BufferedInputStream(new Counted(raw, progress), CHUNK);
        return Packing.of(in).unpack(in, name());
    }

    /** Its owner closes it. */
    private static final class Lent extends FilterInputStream {
        Lent(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // not ours
        }
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
