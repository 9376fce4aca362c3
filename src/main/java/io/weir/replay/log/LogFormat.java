package io.weir.replay.log;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who wrote a log. */
public enum LogFormat {
    POSTFIX("postfix");

    private final String label;

    LogFormat(String label) {
        this.label = label;
    }

    FormatReader reader(LogClock clock, LogClient.Names clients, LogReader.Bounds bounds) {
        return switch (this) {
            case POSTFIX -> new PostfixTransactions(clock, clients, bounds);
        };
    }

    /** Time and host of a line. */
    LogSample.Head head(String line, LogClock clock) throws MalformedLineException {
        return switch (this) {
            case POSTFIX -> {
                SyslogLine syslog = SyslogLine.parse(line, clock);
                yield new LogSample.Head(syslog.timeMs(), syslog.host());
            }
        };
    }

    /** The word for it on a command line and in reports. */
    public String label() {
        return label;
    }

    public static Optional<LogFormat> named(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst();
    }

    /** All of them, for a message. */
    public static String labels() {
        return Arrays.stream(values()).map(LogFormat::label).collect(Collectors.joining(", "));
    }
}
