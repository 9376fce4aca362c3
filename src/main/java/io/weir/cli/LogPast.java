package io.weir.cli;

import io.weir.replay.History;
import io.weir.replay.HistoryException;
import io.weir.replay.HistoryReport;
import io.weir.replay.Sources;
import io.weir.replay.log.LogFormat;
import io.weir.replay.offline.Past;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Mail servers' logs as a past in one partition. */
final class LogPast implements Past {
    private final Sources sources;
    private final History.Options options;
    private final Lifetime.Hold hold;
    private ReplayProgress progress;
    private @Nullable HistoryReport report;

    LogPast(Sources sources, History.Options options, Lifetime.Hold hold, ReplayProgress progress) {
        this.sources = sources;
        this.options = options;
        this.hold = hold;
        this.progress = progress;
    }

    /** What the next reading tells its progress to. */
    void tell(ReplayProgress next) {
        progress = next;
    }

    @Override
    public int partitions() {
        return 1;
    }

    /** Known once all has been read, or for good if only one reading is possible. */
    @Override
    public boolean byEdges() {
        HistoryReport read = report;
        return read != null
                && !read.files().isEmpty()
                && read.files().stream().allMatch(file -> file.format() == LogFormat.EVENTS);
    }

    @Override
    public boolean isRepeatable() {
        return sources.repeatable();
    }

    @Override
    public void forEach(Taker taker) throws IOException {
        try (History history = History.open(sources, options)) {
            history.onProgress(() -> {
                progress.at(history.bytesRead(), history.totalBytes());
                if (hold.isOver()) {
                    throw CommandException.failed("ended before all was read");
                }
            });
            report = history.forEach(event -> {
                progress.event();
                taker.take(0, event);
            });
        } catch (HistoryException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()), e);
        } finally {
            progress.end();
        }
    }

    /** What the last reading found; null before one has ended. */
    @Nullable
    HistoryReport report() {
        return report;
    }
}
