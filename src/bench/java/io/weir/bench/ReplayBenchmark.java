package io.weir.bench;

import com.sun.management.OperatingSystemMXBean;
import io.weir.model.ConnectionEvent;
import io.weir.model.RulesChange;
import io.weir.replay.OfflineEngine;
import io.weir.replay.offline.OfflineRun;
import io.weir.replay.offline.RetryModel;
import io.weir.replay.offline.Setup;
import io.weir.replay.offline.Tally;
import io.weir.replay.offline.Way;
import io.weir.throttle.CaseIds;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * How fast a replay judges without a broker: events per second of processor time, garbage collection and compilation included, so that other
 * work on the machine shows little. Events are made before the clock starts; the first round warms up and does not count.
 *
 * <p>{@code mvn -Pbench test-compile exec:exec -Dbench=ReplayBenchmark -Dbench.args="2000000 100000 5"}: events, senders, rounds.
 */
public final class ReplayBenchmark {
    private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long SPAN_MS = TimeUnit.DAYS.toMillis(10);
    /** The first half only teaches, as in a replay of a month. */
    private static final Rules RULES =
            Rules.of(Setup.asIfEnforced(Map.of(RuleKey.LEARN_UNTIL.id(), Long.toString(Load.START_MS + SPAN_MS / 2))));

    private static final double GOAL = 500_000;

    private final List<ConnectionEvent> events;
    private final int rounds;
    private final PrintStream out;

    private ReplayBenchmark(List<ConnectionEvent> events, int rounds, PrintStream out) {
        this.events = events;
        this.rounds = rounds;
        this.out = out;
    }

    public static void main(String[] args) {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 2_000_000;
        int senders = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        List<ConnectionEvent> events = new ArrayList<>(count);
        Load.logUniform(count, senders, SPAN_MS).forEach(events::add);
        new ReplayBenchmark(events, rounds, System.out).run();
    }

    private void run() {
        out.printf("%,d events%n", events.size());
        double step = measure("engine alone", this::engine);
        measure("way as-recorded, tallied", events -> way(Way.AS_RECORDED));
        measure("way what-if, tallied", events -> way(Way.WHAT_IF));
        if (step < 0.7 * GOAL) {
            throw new IllegalStateException(String.format("the goal is %,.0f events per CPU-second", GOAL));
        }
    }

    private String engine(List<ConnectionEvent> all) {
        OfflineEngine engine = new OfflineEngine(new CaseIds(SECRET));
        engine.take(new RulesChange("bench", Load.START_MS, RULES.settings()));
        long verdicts = 0;
        for (ConnectionEvent event : all) {
            verdicts += engine.take(event).size();
        }
        return String.format("%,d senders, %,d verdicts", engine.senders(), verdicts);
    }

    private String way(Way way) {
        Tally tally = new Tally();
        OfflineRun run = new OfflineRun(Setup.of(way, SECRET, RULES, RetryModel.POSTFIX), site -> tally);
        run.begin(events.get(0).occurredAtMs());
        events.forEach(event -> run.take(0, event));
        run.end();
        return String.format("%,d senders, %,d deferrals", run.site().senders(), tally.deferrals());
    }

    /** Prints and returns the median over the rounds. */
    private double measure(String what, Function<List<ConnectionEvent>, String> work) {
        List<Double> rates = new ArrayList<>();
        String came = work.apply(events);
        for (int round = 0; round < rounds; round++) {
            long begin = cpuNanos();
            came = work.apply(events);
            rates.add(events.size() * 1e9 / (cpuNanos() - begin));
        }
        Collections.sort(rates);
        double median = rates.get(rounds / 2);
        out.printf(
                "%-26s %,10.0f events per CPU-second (%,.0f to %,.0f)  %s%n",
                what, median, rates.get(0), rates.get(rounds - 1), came);
        return median;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
