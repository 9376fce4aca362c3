package io.weir.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.engine.WeirEngine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long an engine that has lost its disk restores the state of many senders from the changelog before it judges.
 *
 * <p>{@code mvn -Pbench test-compile exec:exec -Dbench=RestoreBenchmark -Dbench.args="1000000"}: senders.
 */
public final class RestoreBenchmark {
    private static final String NAMESPACE = "bench";
    private static final int DAYS = 6;
    private static final long SPAN_MS = TimeUnit.DAYS.toMillis(DAYS);

    private RestoreBenchmark() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        int senders = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        try (BenchCluster cluster = new BenchCluster(NAMESPACE)) {
            Load.inTurn(senders, DAYS, SPAN_MS)
                    .produce(cluster.bootstrapServers(), TopicName.CONNECTIONS.in(NAMESPACE));
            WeirConfig config = cluster.config(NAMESPACE, Map.of());
            run(config, cluster);
            out.printf(
                    "%,d senders with mail on six days; state on disk %,d MB%n",
                    senders, bytes(config.stateDirectory()) >> 20);
            long kept = run(config, cluster);
            out.printf("start with its state: %,d ms until it judges%n", kept);
            delete(config.stateDirectory());
            long lost = run(config, cluster);
            out.printf("start without it:     %,d ms until it judges%n", lost);
        }
        System.exit(0);
    }

    /** @return milliseconds from start to ready; then the engine goes on to the end of the topic */
    private static long run(WeirConfig config, BenchCluster cluster) throws Exception {
        SiteSecret secret = SiteSecret.readOrCreate(cluster.directory().resolve("secret"));
        long begin = System.nanoTime();
        try (WeirEngine engine = new WeirEngine(config, secret, new SimpleMeterRegistry(), System::currentTimeMillis)) {
            engine.start();
            if (!engine.awaitReady(Duration.ofMinutes(15))) {
                throw new IllegalStateException("not ready: " + engine.failure().orElse("no reason"));
            }
            long ready = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            new Progress(cluster.admin(), TopicName.CONNECTIONS.in(NAMESPACE))
                    .awaitEnd(
                            config.applicationId(),
                            BenchCluster.PARTITIONS,
                            () -> engine.failure().isEmpty());
            return ready;
        }
    }

    private static long bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
