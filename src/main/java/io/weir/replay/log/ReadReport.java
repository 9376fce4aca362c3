package io.weir.replay.log;

import io.weir.model.Outcome;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What became of a log's lines; every line is understood, ignored or malformed.
 *
 * @param lines lines read
 * @param understood lines that count towards events
 * @param ignored other lines by kind, such as {@code anvil/statistics}, most frequent first
 * @param malformed lines that are not what the format promises
 * @param samples the first few of those
 * @param transactions events of SMTP transactions, by outcome
 * @param connections events of connections without a transaction, by outcome
 * @param firstEventMs time of the first event, milliseconds since the epoch; 0 without events
 * @param lastEventMs time of the last event; 0 without events
 * @param linesBehind lines whose stamp lay behind an earlier one's and was read as that
 * @param mostBehindMs how far at most
 * @param linesAhead lines whose stamp lay in the future and was read as now
 * @param openAtEnd sessions and transactions that the log does not see the end of
 * @param forgotten sessions and transactions that were dropped because too many were open at once
 */
public record ReadReport(
        long lines,
        long understood,
        Map<String, Long> ignored,
        long malformed,
        List<Sample> samples,
        Map<Outcome, Long> transactions,
        Map<Outcome, Long> connections,
        long firstEventMs,
        long lastEventMs,
        long linesBehind,
        long mostBehindMs,
        long linesAhead,
        long openAtEnd,
        long forgotten) {
    private static final int MOST_KINDS_SHOWN = 20;

    /** A malformed line: where, why, and its beginning, made printable. */
    public record Sample(long lineNumber, String why, String line) {}

    /** As if several logs were one; without samples, whose line numbers mean nothing then. */
    public static ReadReport sum(List<ReadReport> parts) {
        return new ReadReport(
                add(parts, ReadReport::lines),
                add(parts, ReadReport::understood),
                ReadTally.mostFrequentFirst(merged(parts, ReadReport::ignored, new HashMap<>())),
                add(parts, ReadReport::malformed),
                List.of(),
                merged(parts, ReadReport::transactions, new EnumMap<>(Outcome.class)),
                merged(parts, ReadReport::connections, new EnumMap<>(Outcome.class)),
                parts.stream()
                        .filter(part -> part.events() > 0)
                        .mapToLong(ReadReport::firstEventMs)
                        .min()
                        .orElse(0),
                parts.stream().mapToLong(ReadReport::lastEventMs).max().orElse(0),
                add(parts, ReadReport::linesBehind),
                parts.stream().mapToLong(ReadReport::mostBehindMs).max().orElse(0),
                add(parts, ReadReport::linesAhead),
                add(parts, ReadReport::openAtEnd),
                add(parts, ReadReport::forgotten));
    }

    private static long add(List<ReadReport> parts, ToLongFunction<ReadReport> what) {
        return parts.stream().mapToLong(what).sum();
    }

    private static <K> Map<K, Long> merged(
            List<ReadReport> parts, Function<ReadReport, Map<K, Long>> what, Map<K, Long> into) {
        parts.forEach(part -> what.apply(part).forEach((key, count) -> into.merge(key, count, Long::sum)));
        return into;
    }

    public long events() {
        return sum(transactions) + sum(connections);
    }

    public long ignoredLines() {
        return sum(ignored);
    }

    /** For a terminal; at most some fifty lines. */
    public String text() {
        StringBuilder text = new StringBuilder(1024);
        row(text, "lines read", lines);
        row(text, "understood", understood);
        row(text, "ignored", ignoredLines());
        ignored.entrySet().stream()
                .limit(MOST_KINDS_SHOWN)
                .forEach(kind -> row(text, "  " + kind.getKey(), kind.getValue()));
        long rest = ignored.values().stream()
                .skip(MOST_KINDS_SHOWN)
                .mapToLong(Long::longValue)
                .sum();
        if (rest > 0) {
            row(text, "  of " + (ignored.size() - MOST_KINDS_SHOWN) + " kinds more", rest);
        }
        row(text, "malformed", malformed);
        samples.forEach(sample -> text.append("    line ")
                .append(sample.lineNumber())
                .append(": ")
                .append(sample.why())
                .append(": ")
                .append(sample.line())
                .append('\n'));
        row(text, "events", events());
        transactions.forEach((outcome, count) -> row(text, "  transactions " + outcome.label(), count));
        connections.forEach((outcome, count) -> row(text, "  connections " + outcome.label(), count));
        if (events() > 0) {
            text.append("  from ").append(Instant.ofEpochMilli(firstEventMs));
            text.append(" to ").append(Instant.ofEpochMilli(lastEventMs)).append('\n');
        }
        if (linesBehind > 0) {
            row(text, "lines stamped before an earlier line (by " + mostBehindMs + " ms at most)", linesBehind);
        }
        if (linesAhead > 0) {
            row(text, "lines stamped in the future and read as now: is the clock right that wrote them?", linesAhead);
        }
        row(text, "without an end in this log", openAtEnd);
        if (forgotten > 0) {
            row(text, "forgotten because too many were open at once", forgotten);
        }
        return text.toString();
    }

    private static void row(StringBuilder text, String name, long count) {
        text.append(String.format(Locale.ROOT, "%10d  %s\n", count, name));
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
