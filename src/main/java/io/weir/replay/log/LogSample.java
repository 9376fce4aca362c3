package io.weir.replay.log;

import java.time.Instant;
import java.util.Optional;

/**
 * What the first lines of a log tell of it.
 *
 * @param host that wrote it, as the first line names it
 * @param firstMs time of the first line that has one, milliseconds since the epoch
 * @param year of that line, in the log's zone
 */
public record LogSample(LogFormat format, String host, long firstMs, int year) {
    /** Bytes of a log that are looked at. */
    public static final int MOST_BYTES = 1024 * 1024;

    /** What a format says of a line that is its own. */
    record Head(long timeMs, String host) {}

    /** Empty when none of the lines has a time and a host as the format has them. */
    public static Optional<LogSample> of(LogFormat format, Iterable<String> lines, LogReader.Options options) {
        LogClock clock = new LogClock(options.zone(), options.firstYear(), options.lastWritten());
        for (String line : lines) {
            try {
                Head head = format.head(line, clock);
                int year = Instant.ofEpochMilli(head.timeMs())
                        .atZone(options.zone())
                        .getYear();
                return Optional.of(new LogSample(format, head.host(), head.timeMs(), year));
            } catch (MalformedLineException e) {
                // A later line may be better; whoever reads the log counts this one.
                continue;
            }
        }
        return Optional.empty();
    }
}
