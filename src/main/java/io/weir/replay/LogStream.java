package io.weir.replay;

import io.weir.model.ConnectionEvent;
import io.weir.replay.log.LineReader;
import io.weir.replay.log.LogReader;
import io.weir.replay.log.ReadReport;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The events of one server's log, which is one file or several that follow on each other. Holds no more than one line's. */
final class LogStream implements AutoCloseable {
    /** A rotated log and its successor may overlap by so much: by clocks, and by lines that were on their way. */
    static final long OVERLAP_MS = Duration.ofMinutes(1).toMillis();

    private static final long SHORTEST_GAP_MS = Duration.ofHours(1).toMillis();

    private final LogReader reader;
    private final Deque<FoundLog> ahead;
    private final LongConsumer progress;
    private final HistoryTally tally;
    private final Deque<ConnectionEvent> events = new ArrayDeque<>();
    private @Nullable FoundLog current;
    private @Nullable LineReader lines;
    private @Nullable InputStream in;
    private String damage = "";
    private long lastEventMs;
    private long longestSilenceMs;

    /**
     * @param logs in the order of their times
     * @param nowMs no line is of a later time
     * @param progress is told of bytes read
     * @param tally gets a report for each file that was read to its end, and warnings
     */
    LogStream(List<FoundLog> logs, long nowMs, LongConsumer progress, HistoryTally tally) {
        this.ahead = new ArrayDeque<>(logs);
        this.progress = progress;
        this.tally = tally;
        FoundLog first = ahead.element();
        this.reader = LogReader.upTo(nowMs, first.beginning().format(), first.options());
    }

    /** The next event, none before the one before it; null after the last. */
    @Nullable
    ConnectionEvent next() throws IOException {
        while (events.isEmpty()) {
            LineReader from = lines == null ? nextFile() : lines;
            if (from == null) {
                return null;
            }
            String line = line(from);
            if (line == null) {
                endFile();
            } else {
                reader.read(line, from.tooLong(), events::add);
            }
        }
        return told(events.remove());
    }

    private ConnectionEvent told(ConnectionEvent event) {
        if (lastEventMs > 0) {
            longestSilenceMs = Math.max(longestSilenceMs, event.occurredAtMs() - lastEventMs);
        }
        lastEventMs = event.occurredAtMs();
        return event;
    }

    /** The files that should come after the current one, when they have begun long before its end: they are not its successors. */
    List<FoundLog> overlapped() {
        FoundLog next = ahead.peek();
        FoundLog before = current;
        if (next == null || before == null || lastEventMs <= next.firstMs() + OVERLAP_MS) {
            return List.of();
        }
        tally.warn(before.name() + " and " + next.name() + " overlap: the first still has lines of "
                + Instant.ofEpochMilli(lastEventMs) + ", the second begins at "
                + Instant.ofEpochMilli(next.firstMs()) + "; what is in both counts twice");
        List<FoundLog> others = new ArrayList<>(ahead);
        ahead.clear();
        return others;
    }

    private @Nullable String line(LineReader from) throws IOException {
        try {
            return from.next();
        } catch (IOException e) {
            if (!Packing.isDamage(e)) {
                throw e;
            }
            damage = "is cut off or damaged after what was read of it: " + e.getMessage();
            return null;
        }
    }

    private @Nullable LineReader nextFile() throws IOException {
        FoundLog next = ahead.poll();
        if (next == null) {
            return null;
        }
        if (current != null) {
            warnOfGap(current, next);
            reader.beginFile(next.beginning().year());
        }
        current = next;
        InputStream opened = next.source().open(progress);
        in = opened;
        lines = new LineReader(opened);
        return lines;
    }

    private void warnOfGap(FoundLog before, FoundLog next) {
        long gap = next.firstMs() - reader.newestMs();
        if (gap > SHORTEST_GAP_MS && gap > 2 * longestSilenceMs) {
            tally.warn("between " + before.name() + " and " + next.name() + " nothing is known of "
                    + Duration.ofMillis(gap).toMinutes() + " minutes from " + Instant.ofEpochMilli(reader.newestMs())
                    + ": is a rotated file missing?");
        }
    }

    private void endFile() throws IOException {
        close();
        lines = null;
        FoundLog ended = current;
        if (ended == null) {
            return;
        }
        boolean last = ahead.isEmpty();
        if (last) {
            reader.end(events::add);
        }
        ReadReport report = last ? reader.report() : reader.reportOfPart();
        tally.add(new FileReport(ended.name(), ended.beginning().format(), ended.host(), damage, report));
        damage = "";
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
            in = null;
        }
    }
}
