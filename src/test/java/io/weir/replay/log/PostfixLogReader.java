package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a whole file of Postfix's. */
public final class PostfixLogReader {
    private PostfixLogReader() {}

    /** UTC, a sender for each /64, years by the file's time of modification. */
    public static LogReader.Options optionsOf(Path file) throws IOException {
        return LogReader.Options.of(Files.getLastModifiedTime(file).toInstant());
    }

    /**
     * Reads a file to its end.
     *
     * @param sink gets the events as they are read; what it throws ends the reading
     * @throws IOException when the file cannot be read
     */
    public static ReadReport read(Path file, LogReader.Options options, Consumer<ConnectionEvent> sink)
            throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, options, sink);
        }
    }

    /** Reads a stream to its end; the caller closes it. */
    static ReadReport read(InputStream in, LogReader.Options options, Consumer<ConnectionEvent> sink)
            throws IOException {
        return read(in, options, sink, LogReader.ROOMY);
    }

    static ReadReport read(
            InputStream in, LogReader.Options options, Consumer<ConnectionEvent> sink, LogReader.Bounds bounds)
            throws IOException {
        LogReader reader = new LogReader(LogFormat.POSTFIX, options, () -> Long.MAX_VALUE, bounds);
        LineReader lines = new LineReader(in);
        for (String line = lines.next(); line != null; line = lines.next()) {
            reader.read(line, lines.tooLong(), sink);
        }
        return reader.report();
    }
}
