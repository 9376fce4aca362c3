package io.weir.replay.log;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts for a {@link ReadReport} while the log is being read. */
final class ReadTally {
    private static final int MAX_SAMPLES = 5;
    private static final int MAX_SAMPLE_CHARACTERS = 120;
    /** Real logs have a few dozen kinds; a file of another format must not fill the memory with its words. */
    private static final int MAX_KINDS = 200;

    private static final String FURTHER_KINDS = "further kinds";

    private long lines;
    private long understood;
    private final Map<String, Long> ignored = new HashMap<>();
    private long malformed;
    private final List<ReadReport.Sample> samples = new ArrayList<>();
    private final Map<Outcome, Long> transactions = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Long> connections = new EnumMap<>(Outcome.class);
    private long firstEventMs;
    private long lastEventMs;

    void line() {
        lines++;
    }

    void understood() {
        understood++;
    }

    void ignored(String kind) {
        boolean room = ignored.size() < MAX_KINDS || ignored.containsKey(kind);
        ignored.merge(room ? kind : FURTHER_KINDS, 1L, Long::sum);
    }

    void malformed(String why, String line) {
        malformed++;
        if (samples.size() < MAX_SAMPLES) {
            samples.add(new ReadReport.Sample(lines, why, printable(line)));
        }
    }

    /** A line's beginning, fit for a terminal. */
    static String printable(String line) {
        String beginning =
                line.length() <= MAX_SAMPLE_CHARACTERS ? line : line.substring(0, MAX_SAMPLE_CHARACTERS) + "...";
        return beginning.replaceAll("[^ -~]", "?");
    }

    void event(ConnectionEvent event) {
        firstEventMs = transactions.isEmpty() && connections.isEmpty() ? event.occurredAtMs() : firstEventMs;
        lastEventMs = event.occurredAtMs();
        (event.transaction() ? transactions : connections).merge(event.outcome(), 1L, Long::sum);
    }

    ReadReport report(LogClock clock, long openAtEnd, long forgotten) {
        return new ReadReport(
                lines,
                understood,
                mostFrequentFirst(ignored),
                malformed,
                List.copyOf(samples),
                Collections.unmodifiableMap(transactions),
                Collections.unmodifiableMap(connections),
                firstEventMs,
                lastEventMs,
                clock.linesBehind(),
                clock.mostBehindMs(),
                clock.linesAhead(),
                openAtEnd,
                forgotten);
    }

    static Map<String, Long> mostFrequentFirst(Map<String, Long> counts) {
        Map<String, Long> sorted = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(sorted);
    }
}
