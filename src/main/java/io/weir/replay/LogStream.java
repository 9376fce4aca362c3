package io.weir.replay;

import io.weir.model.ConnectionEvent;
import io.weir.replay.log.LineReader;
import io.weir.replay.log.LogReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The events of one server's log, which is one file or several that follow on each other. Holds no more than one line's. */
final class LogStream implements AutoCloseable {
    private final LogReader reader;
    private final Deque<FoundLog> ahead;
    private final LongConsumer progress;
    private final Consumer<FileReport> reports;
    private final Deque<ConnectionEvent> events = new ArrayDeque<>();
    private @Nullable FoundLog current;
    private @Nullable LineReader lines;
    private AutoCloseable opened = () -> {};

    /**
     * @param logs in the order of their times
     * @param progress is told of bytes read
     * @param reports gets a report for each file that was read to its end
     */
    LogStream(List<FoundLog> logs, LongConsumer progress, Consumer<FileReport> reports) {
        this.ahead = new ArrayDeque<>(logs);
        this.progress = progress;
        this.reports = reports;
        FoundLog first = ahead.element();
        this.reader = new LogReader(first.sample().format(), first.options());
    }

    /** The next event, none before the one before it; null after the last. */
    @Nullable
    ConnectionEvent next() throws IOException {
        while (events.isEmpty()) {
            LineReader from = lines == null ? nextFile() : lines;
            if (from == null) {
                return null;
            }
            String line = from.next();
            if (line == null) {
                endFile();
            } else {
                reader.read(line, from.tooLong(), events::add);
            }
        }
        return events.remove();
    }

    private @Nullable LineReader nextFile() throws IOException {
        FoundLog next = ahead.poll();
        if (next == null) {
            return null;
        }
        if (current != null) {
            reader.beginFile(next.sample().year());
        }
        var in = next.source().open(progress);
        opened = in;
        current = next;
        lines = new LineReader(in);
        return lines;
    }

    private void endFile() throws IOException {
        close();
        lines = null;
        if (current != null) {
            reports.accept(new FileReport(
                    current.source().name(),
                    current.sample().format(),
                    current.sample().host(),
                    reader.report()));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            opened.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
