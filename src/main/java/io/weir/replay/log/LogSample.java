package io.weir.replay.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the first lines of a log tell of it. Lines are added until there is enough.
 *
 * <p>A line counts for the format that it can only be of; the format with most of them is the log's.
 */
public final class LogSample {
    private static final int ENOUGH = 25;
    private static final int MOST_KEPT = 20;
    private static final int MOST_CHARACTERS = 300;
    private static final int MOST_PROGRAMS = 50;
    private static final int LEAP_YEAR = 2000;
    private static final String EXCHANGE_TYPE = "#Log-type:";

    private final LogReader.Options options;
    private final Map<LogFormat, Integer> votes = new EnumMap<>(LogFormat.class);
    private final Map<LogFormat, HeadReader> readers = new EnumMap<>(LogFormat.class);
    private final Map<LogFormat, Dated> heads = new EnumMap<>(LogFormat.class);
    private final Map<String, Integer> programs = new HashMap<>();
    private final List<String> first = new ArrayList<>();
    private final List<LogFormat> formats;

    /**
     * Where a log begins.
     *
     * @param host that wrote it, as its first line names it; empty when no line does
     * @param firstMs time of the first line that has one, milliseconds since the epoch
     * @param year of that line, in the log's zone
     * @param yearless whether the year is not in the line, but inferred
     */
    public record Beginning(LogFormat format, String host, long firstMs, int year, boolean yearless) {}

    /** A line that has a time. */
    private record Dated(String line, HeadReader.Head head) {}

    /** @param format that the log is said to have; null when it is to be found out */
    public LogSample(@Nullable LogFormat format, LogReader.Options options) {
        this.options = options;
        this.formats = format == null ? List.of(LogFormat.values()) : List.of(format);
        for (LogFormat each : formats) {
            readers.put(each, reader(each, options.firstYear()));
        }
    }

    /** @return whether more lines would tell no more */
    public boolean add(String line) {
        if (first.size() < MOST_KEPT) {
            first.add(line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS));
        }
        boolean recognised = false;
        for (LogFormat format : formats) {
            // A log that is said to have a format need not be recognised.
            if (formats.size() == 1 || format.recognises(line)) {
                votes.merge(format, 1, Integer::sum);
                recognised = true;
            }
            read(format, line);
        }
        if (!recognised && programs.size() < MOST_PROGRAMS) {
            SyslogReader.program(line).ifPresent(program -> programs.merge(program.name(), 1, Integer::sum));
        }
        return votes.entrySet().stream()
                .anyMatch(vote -> vote.getValue() >= ENOUGH && heads.containsKey(vote.getKey()));
    }

    private void read(LogFormat format, String line) {
        HeadReader reader = readers.get(format);
        if (reader == null || heads.containsKey(format)) {
            return;
        }
        try {
            heads.put(format, new Dated(line, reader.read(line)));
        } catch (MalformedLineException e) {
            // A later line may be better; whoever reads the log counts this one.
            return;
        }
    }

    private HeadReader reader(LogFormat format, OptionalInt year) {
        return format.heads(new LogClock(options.zone(), year, options.lastWritten()), options);
    }

    /** Empty when the lines are of no format that is known, or none has a time: {@link #seen()} says what they are. */
    public Optional<Beginning> beginning() {
        return format().map(heads::get).flatMap(dated -> beginning(dated.head()));
    }

    /**
     * The same, when these are the log's last lines: where stamps lack the year, none of the lines is then after the log was last written, and
     * the first not after the last.
     */
    public Optional<Beginning> beginningBefore(List<String> lastLines) {
        Optional<Beginning> beginning = beginning();
        if (beginning.isEmpty() || !beginning.get().yearless()) {
            return beginning;
        }
        LogFormat format = beginning.get().format();
        long lastMs = 0;
        for (String line : lastLines) {
            try {
                lastMs = reader(format, OptionalInt.empty()).read(line).timeMs();
            } catch (MalformedLineException e) {
                // Such as the first of them, which may have been cut.
                continue;
            }
        }
        int year = Instant.ofEpochMilli(lastMs).atZone(options.zone()).getYear();
        Optional<Beginning> same = lastMs == 0 ? beginning : beginningIn(year);
        boolean before = lastMs == 0 || same.isEmpty() || same.get().firstMs() <= lastMs;
        return before ? same : beginningIn(year - 1);
    }

    /** The same, when the first line that has a time is of this year. */
    public Optional<Beginning> beginningIn(int year) {
        return format().map(heads::get).flatMap(dated -> beginning(headIn(year, dated)));
    }

    private Optional<Beginning> beginning(HeadReader.Head head) {
        int year = Instant.ofEpochMilli(head.timeMs()).atZone(options.zone()).getYear();
        return format().map(format -> new Beginning(format, head.host(), head.timeMs(), year, isYearless(format)));
    }

    private boolean isYearless(LogFormat format) {
        Dated dated = heads.get(format);
        return dated != null
                && headIn(LEAP_YEAR, dated).timeMs()
                        != headIn(LEAP_YEAR + 4, dated).timeMs();
    }

    private HeadReader.Head headIn(int year, Dated dated) {
        try {
            LogFormat format = format().orElse(LogFormat.POSTFIX);
            return reader(format, OptionalInt.of(year)).read(dated.line());
        } catch (MalformedLineException e) {
            // 29 February, in a year that has none.
            return dated.head();
        }
    }

    private Optional<LogFormat> format() {
        return votes.entrySet().stream()
                .max(Map.Entry.<LogFormat, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey);
    }

    /** The first lines, to tell whether two files are the same log. */
    public List<String> firstLines() {
        return first;
    }

    /** What the lines are, in words that go on from the file's name. */
    public String seen() {
        if (first.isEmpty()) {
            return "is empty";
        }
        if (format().isPresent()) {
            return "is a log of " + format().get().label() + ", but none of its first lines has a time";
        }
        if (!programs.isEmpty()) {
            return "is a syslog of "
                    + programs.entrySet().stream()
                            .sorted(Map.Entry.<String, Integer>comparingByValue()
                                    .reversed())
                            .limit(3)
                            .map(Map.Entry::getKey)
                            .collect(Collectors.joining(", "));
        }
        Optional<String> exchange = first.stream()
                .filter(line -> line.startsWith(EXCHANGE_TYPE))
                .map(line -> line.substring(EXCHANGE_TYPE.length()).trim())
                .findFirst();
        if (exchange.isPresent()) {
            return "is an Exchange " + ReadTally.printable(exchange.get());
        }
        String line = ReadTally.printable(first.get(0));
        return first.get(0).isBlank() ? "begins with an empty line" : "begins with '" + line + "'";
    }
}
