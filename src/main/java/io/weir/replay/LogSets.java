package io.weir.replay;

import io.weir.replay.log.LogFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Puts together the files that are one server's log: those of one name but for their rotation, and other names of the same server that come
 * after them.
 */
final class LogSets {
    private LogSets() {}

    /**
     * @param logs the oldest first
     * @param tally gets what seems to be missing, or to be there twice
     * @return the logs, each of files that follow on each other
     */
    static List<List<FoundLog>> of(List<FoundLog> logs, HistoryTally tally) {
        Map<String, List<FoundLog>> named = new LinkedHashMap<>();
        logs.forEach(log ->
                named.computeIfAbsent(log.set(), set -> new ArrayList<>()).add(log));
        named.values().forEach(set -> warnOfMissing(set, tally));
        List<List<FoundLog>> chains = new ArrayList<>();
        named.values().stream()
                .sorted(Comparator.comparingLong(set -> set.get(0).firstMs()))
                .forEach(set -> chain(chains, set));
        warnOfFormats(logs, tally);
        return chains;
    }

    /** After another name of the same server, when that has ended as far as can be told from where its files begin. */
    private static void chain(List<List<FoundLog>> chains, List<FoundLog> set) {
        FoundLog first = set.get(0);
        for (List<FoundLog> chain : chains) {
            FoundLog last = chain.get(chain.size() - 1);
            boolean same = last.beginning().format() == first.beginning().format()
                    && !first.beginning().host().isEmpty()
                    && last.beginning().host().equals(first.beginning().host());
            if (same && last.firstMs() <= first.firstMs()) {
                chain.addAll(set);
                return;
            }
        }
        chains.add(new ArrayList<>(set));
    }

    private static void warnOfMissing(List<FoundLog> set, HistoryTally tally) {
        TreeSet<Integer> numbers = set.stream()
                .map(log -> log.source().rotation().number())
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .collect(Collectors.toCollection(TreeSet::new));
        for (int number = numbers.isEmpty() ? 0 : numbers.first();
                !numbers.isEmpty() && number < numbers.last();
                number++) {
            if (!numbers.contains(number)) {
                tally.warn(set.get(0).source().rotation().base() + "." + number + " is missing between "
                        + set.get(0).source().rotation().base() + "." + numbers.higher(number)
                        + " and what came after");
            }
        }
    }

    /** The same mail, told by two logs of one server. */
    private static void warnOfFormats(List<FoundLog> logs, HistoryTally tally) {
        Map<String, Set<LogFormat>> formats = new LinkedHashMap<>();
        logs.stream()
                .filter(log -> !log.beginning().host().isEmpty())
                .forEach(log -> formats.computeIfAbsent(log.beginning().host(), host -> new TreeSet<>())
                        .add(log.beginning().format()));
        formats.forEach((host, several) -> {
            if (several.size() > 1) {
                tally.warn(host + " has logs of "
                        + several.stream().map(LogFormat::label).collect(Collectors.joining(" and "))
                        + "; mail that is in both counts twice");
            }
        });
    }
}
