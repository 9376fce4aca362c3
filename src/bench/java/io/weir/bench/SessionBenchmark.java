package io.weir.bench;

import io.weir.edge.BenchEdge;
import io.weir.edge.VerdictTable;
import io.weir.model.Mode;
import io.weir.model.Verdict;
import io.weir.mta.BenchPostfix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an SMTP session costs with Weir and without: a real Postfix that takes a message and throws it away, one that asks a server which answers
 * DUNNO to everything, and one that asks an edge, in turns. Every address has a verdict in shadow, so that all mail passes. Needs Postfix, and
 * root.
 *
 * <p>{@code mvn -Pbench test-compile exec:exec -Dbench=SessionBenchmark -Dbench.args="7 400"}: rounds, sessions in each.
 */
public final class SessionBenchmark {
    private static final int VERDICTS = 100_000;
    private static final int PARALLEL = 8;

    private SessionBenchmark() {}

    private record Contestant(String name, BenchPostfix postfix, List<Double> alone, List<Double> crowded) {
        Contestant(String name, BenchPostfix postfix) {
            this(name, postfix, new ArrayList<>(), new ArrayList<>());
        }

        void run(int sessions) throws Exception {
            alone.add(median(postfix.send(sessions / 2, 1)));
            long started = System.nanoTime();
            postfix.send(sessions, PARALLEL);
            crowded.add((System.nanoTime() - started) / 1e6 / sessions);
        }

        void forget() {
            alone.clear();
            crowded.clear();
        }
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        int sessions = args.length > 1 ? Integer.parseInt(args[1]) : 400;
        Path directory = Files.createTempDirectory("weir-bench");
        try (BenchEdge edge = new BenchEdge(directory, verdicts());
                PolicyCeiling ceiling = new PolicyCeiling();
                BenchPostfix plain = BenchPostfix.plain(BenchVerdicts::address);
                BenchPostfix asking = BenchPostfix.asking(ceiling.port(), BenchVerdicts::address);
                BenchPostfix withWeir = BenchPostfix.asking(edge.port(), BenchVerdicts::address)) {
            compare(
                    List.of(
                            new Contestant("Postfix alone", plain),
                            new Contestant("asking a server that says DUNNO", asking),
                            new Contestant("asking an edge", withWeir)),
                    rounds,
                    sessions);
        } finally {
            delete(directory);
        }
        System.exit(0);
    }

    private static VerdictTable verdicts() {
        VerdictTable table = new VerdictTable(VERDICTS);
        BenchVerdicts made = new BenchVerdicts(System.currentTimeMillis(), Mode.SHADOW);
        for (int i = 0; i < VERDICTS; i++) {
            Verdict verdict = made.verdict(i);
            table.take(verdict.client(), verdict);
        }
        return table;
    }

    private static void compare(List<Contestant> contestants, int rounds, int sessions) throws Exception {
        for (Contestant contestant : contestants) {
            contestant.run(sessions);
            contestant.forget();
        }
        for (int round = 0; round < rounds; round++) {
            for (Contestant contestant : contestants) {
                contestant.run(sessions);
            }
        }
        System.out.printf("medians of %d rounds of %d sessions, a message each; milliseconds%n", rounds, sessions);
        System.out.printf("%-34s  %13s  %6s  %24s  %6s%n", "", "session alone", "more", "each, of 8 at a time", "more");
        Contestant plain = contestants.get(0);
        for (Contestant contestant : contestants) {
            double alone = median(contestant.alone());
            double crowded = median(contestant.crowded());
            System.out.printf(
                    Locale.ROOT,
                    "%-34s  %13.2f  %6.2f  %24.2f  %6.2f%n",
                    contestant.name(),
                    alone,
                    alone - median(plain.alone()),
                    crowded,
                    crowded - median(plain.crowded()));
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
