package io.weir.bench;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.serde.StateCodec;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Controls;
import io.weir.throttle.Judgement;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderState;
import io.weir.throttle.Throttle;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What judging one event costs, alone and with the state's way from and to bytes.
 *
 * <p>Event time goes on with every event, so minutes, hours and days close as they do in life, and their cost is spread
 * over the events as it is there. Run {@code mvn -Pbench test-compile exec:exec -Dbench=StepBenchmark}; JMH's own
 * options go into {@code -Dbench.args}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StepBenchmark {
    private static final long BEGIN_MS = 1_795_392_000_000L;
    private static final long DAY_MS = 86_400_000;
    private static final SenderKey SENDER = ClientAddress.parse("203.0.113.7").sender();
    private static final Controls CONTROLS =
            new Controls(Rules.of(Map.of("learn.until.ms", Long.toString(BEGIN_MS + 14 * DAY_MS))), null);

    /** An established sender that goes on as it always did. */
    @State(Scope.Thread)
    public static class Steady {
        /** Seconds from one transaction to the next: several a minute, several an hour, one an hour. */
        @Param({"12", "600", "3600"})
        public long everySeconds;

        private final Judge judge = new Judge();
        private long atMs = BEGIN_MS;
        private @Nullable SenderState state;
        private byte[] bytes = {};

        @Setup
        public void establish() {
            while (atMs < BEGIN_MS + 42 * DAY_MS) {
                state = judge.step(state, next()).sender();
            }
            bytes = judge.codec.write(state);
        }

        private ConnectionEvent next() {
            atMs += everySeconds * 1000;
            return event(atMs, Outcome.ADMITTED, 2, 0);
        }
    }

    /** A newcomer at full blast: throttled, deferred, and trying again ten times a second. */
    @State(Scope.Thread)
    public static class Hammering {
        private final Judge judge = new Judge();
        private long atMs = BEGIN_MS + 30 * DAY_MS;
        private @Nullable SenderState state;

        @Setup
        public void blast() {
            for (int i = 0; i < 1_000; i++) {
                state = judge.step(state, event(atMs, Outcome.ADMITTED, 5, 0)).sender();
            }
        }

        private ConnectionEvent next() {
            atMs += 100;
            boolean passes = atMs % 10_000 == 0;
            return passes ? event(atMs, Outcome.ADMITTED, 5, 5) : event(atMs, Outcome.DEFERRED, 5, 4);
        }
    }

    /** What all benchmarks need. */
    @State(Scope.Thread)
    public static class Judge {
        private final Throttle throttle =
                new Throttle(new CaseIds("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
        private final StateCodec codec = new StateCodec();
        private long atMs = BEGIN_MS + 30 * DAY_MS;

        private Judgement step(@Nullable SenderState before, ConnectionEvent event) {
            return throttle.step(before, network -> null, event, CONTROLS);
        }
    }

    @Benchmark
    public Judgement steady(Steady sender) {
        Judgement judged = sender.judge.step(sender.state, sender.next());
        sender.state = judged.sender();
        return judged;
    }

    @Benchmark
    public Judgement steadyFromAndToBytes(Steady sender) {
        Judgement judged = sender.judge.step(sender.judge.codec.readSender(sender.bytes), sender.next());
        sender.bytes = sender.judge.codec.write(judged.sender());
        return judged;
    }

    @Benchmark
    public SenderState steadyRead(Steady sender) {
        return sender.judge.codec.readSender(sender.bytes);
    }

    @Benchmark
    public byte[] steadyWrite(Steady sender) {
        return sender.judge.codec.write(sender.state);
    }

    @Benchmark
    public byte[] oneShotToBytes(Judge judge) {
        judge.atMs += 12_000;
        return judge.codec.write(
                judge.step(null, event(judge.atMs, Outcome.ADMITTED, 1, 0)).sender());
    }

    @Benchmark
    public Judgement hammering(Hammering sender) {
        Judgement judged = sender.judge.step(sender.state, sender.next());
        sender.state = judged.sender();
        return judged;
    }

    private static ConnectionEvent event(long atMs, Outcome outcome, int recipients, int retries) {
        return new ConnectionEvent(
                true,
                "mx1.example.org",
                ConnectionEvent.NO_SEQ,
                atMs,
                "203.0.113.7",
                SENDER,
                outcome,
                1,
                recipients,
                retries,
                0,
                48_211,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }

    /** Takes JMH's options; without a pattern all of these run. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        CommandLineOptions given = new CommandLineOptions(args);
        ChainedOptionsBuilder options = new OptionsBuilder().parent(given);
        if (given.getIncludes().isEmpty()) {
            options.include(StepBenchmark.class.getSimpleName());
        }
        new Runner(options.build()).run();
    }
}
