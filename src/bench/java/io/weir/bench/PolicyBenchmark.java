package io.weir.bench;

import io.weir.edge.BenchEdge;
import io.weir.edge.VerdictTable;
import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * An edge's answers to an MTA beside those of a server that only answers: requests per second, and how long one waits. Every address has a
 * verdict, most of them throttled, and every request is the event of a transaction: what an edge does at most. The two take turns, round by
 * round; the generator is in the same process and takes its share of the cores.
 *
 * <p>{@code mvn -Pbench test-compile exec:exec -Dbench=PolicyBenchmark -Dbench.args="100000 5 3"}: addresses and verdicts, rounds, seconds each.
 */
public final class PolicyBenchmark {
    private static final int[] CONNECTIONS = {1, 16, 64};
    private static final long WARMUP_MS = 1_000;

    private PolicyBenchmark() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        int verdicts = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        long ms = args.length > 2 ? Long.parseLong(args[2]) * 1_000 : 3_000;
        VerdictTable table = new VerdictTable(verdicts);
        BenchVerdicts made = new BenchVerdicts(System.currentTimeMillis(), Mode.ENFORCE);
        for (int i = 0; i < verdicts; i++) {
            Verdict verdict = made.verdict(i);
            table.take(verdict.client(), verdict);
        }
        Path directory = Files.createTempDirectory("weir-bench");
        try (BenchEdge edge = new BenchEdge(directory, table);
                PolicyCeiling ceiling = new PolicyCeiling()) {
            new PolicyLoad(edge.port(), 64, verdicts).run(0, 2 * ms);
            new PolicyLoad(ceiling.port(), 64, verdicts).run(0, ms);
            out.printf("%d verdicts; medians of %d rounds; times in microseconds%n", table.size(), rounds);
            out.printf("connections  server   requests/s   ratio     p50     p99   p99.9%n");
            for (int connections : CONNECTIONS) {
                compare(out, edge, ceiling, new Run(connections, verdicts, rounds, ms));
            }
        } finally {
            delete(directory);
        }
        System.exit(0);
    }

    private record Run(int connections, int addresses, int rounds, long ms) {
        PolicyLoad.Result against(int port) throws IOException {
            return new PolicyLoad(port, connections, addresses).run(WARMUP_MS, ms);
        }
    }

    private static void compare(PrintStream out, BenchEdge edge, PolicyCeiling ceiling, Run run) throws IOException {
        List<PolicyLoad.Result> most = new ArrayList<>();
        List<PolicyLoad.Result> ours = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < run.rounds; i++) {
            most.add(run.against(ceiling.port()));
            ours.add(run.against(edge.port()));
            ratios.add(ours.get(i).perSecond() / most.get(i).perSecond());
        }
        print(out, run.connections, "ceiling", most, 1);
        print(out, run.connections, "edge", ours, median(ratios));
    }

    private static void print(
            PrintStream out, int connections, String server, List<PolicyLoad.Result> results, double ratio) {
        out.printf(
                "%11d  %-7s  %,10.0f    %4.2f  %,6.0f  %,6.0f  %,6.0f%n",
                connections,
                server,
                median(results, PolicyLoad.Result::perSecond),
                ratio,
                median(results, PolicyLoad.Result::p50),
                median(results, PolicyLoad.Result::p99),
                median(results, PolicyLoad.Result::p999));
    }

    private static double median(List<PolicyLoad.Result> results, ToDoubleFunction<PolicyLoad.Result> of) {
        return median(results.stream().map(of::applyAsDouble).toList());
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
