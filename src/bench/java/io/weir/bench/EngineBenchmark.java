package io.weir.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.EngineSettings;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.engine.WeirEngine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * How fast the engine eats events, as a share of a topology that only parses the same events, and beside two plain
 * windowed counts. Same events, same broker on the same cores, one stream thread, shipped settings.
 *
 * <p>{@code mvn -Pbench test-compile exec:exec -Dbench=EngineBenchmark -Dbench.args="3000000 1"}: events, rounds.
 * With five rounds or more it fails when the medians miss the goals by more than 30%.
 */
public final class EngineBenchmark {
    private static final int SENDERS = 100_000;
    private static final long SPAN_MS = TimeUnit.HOURS.toMillis(60);
    private static final String NAMESPACE = "bench";

    private static final String CEILING = "parse only";
    private static final String ENGINE = "engine, 100 ms commits";
    private static final String TUMBLING = "5-minute tumbling count";
    private static final String HOPPING = "1-hour-by-5-minutes count";

    private static final double OF_THE_CEILING = 0.20;
    private static final double OF_THE_TUMBLING = 1;
    private static final double OF_THE_HOPPING = 8;
    private static final double SLACK = 0.7;
    private static final int ROUNDS_FOR_A_GATE = 5;

    private final BenchCluster cluster;
    private final PrintStream out;
    private final int partitions = BenchCluster.PARTITIONS;

    private EngineBenchmark(BenchCluster cluster, PrintStream out) {
        this.cluster = cluster;
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        int events = args.length > 0 ? Integer.parseInt(args[0]) : 3_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        try (BenchCluster cluster = new BenchCluster(NAMESPACE)) {
            String topic = TopicName.CONNECTIONS.in(NAMESPACE);
            Load.logUniform(events, SENDERS, SPAN_MS).produce(cluster.bootstrapServers(), topic);
            new EngineBenchmark(cluster, System.out).run(topic, events, rounds);
        }
        System.exit(0);
    }

    private void run(String topic, int events, int rounds) throws Exception {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            add(rates, CEILING, yardstick("parse", topic, Yardsticks::parseOnly, round));
            add(rates, ENGINE, engine(topic, round, Map.of()));
            add(rates, "engine, 1 s commits", engine(topic, round, Map.of(EngineSettings.COMMIT_INTERVAL_MS, "1000")));
            add(rates, TUMBLING, yardstick("tumbling", topic, Yardsticks::tumblingCount, round));
            add(rates, HOPPING, yardstick("hopping", topic, Yardsticks::hoppingCount, round));
        }
        print(rates, events, rounds);
        if (rounds >= ROUNDS_FOR_A_GATE) {
            gate(rates);
        }
    }

    private void add(Map<String, List<Double>> rates, String name, double rate) {
        rates.computeIfAbsent(name, key -> new ArrayList<>()).add(rate);
        out.printf("  %-28s %,12.0f events/s%n", name, rate);
        out.flush();
    }

    private double engine(String topic, int round, Map<String, String> settings) throws Exception {
        Map<String, String> given = new LinkedHashMap<>(settings);
        String id = "engine-" + round + "-" + settings.size();
        given.put(EngineSettings.APPLICATION_ID, id);
        given.put(EngineSettings.STATE_DIR, cluster.directory().resolve(id).toString());
        WeirConfig config = cluster.config(NAMESPACE, given);
        SiteSecret secret = SiteSecret.readOrCreate(cluster.directory().resolve("secret"));
        try (WeirEngine engine = new WeirEngine(config, secret, new SimpleMeterRegistry(), System::currentTimeMillis)) {
            engine.start();
            return new Progress(cluster.admin(), topic)
                    .secondHalf(
                            config.applicationId(),
                            partitions,
                            () -> engine.failure().isEmpty());
        }
    }

    private double yardstick(String name, String topic, BiFunction<String, Properties, Topology> topology, int round)
            throws Exception {
        Properties properties = properties("yardstick-" + name + "-" + round);
        KafkaStreams streams = new KafkaStreams(topology.apply(topic, properties), properties);
        try (streams) {
            streams.start();
            return new Progress(cluster.admin(), topic)
                    .secondHalf(
                            properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG),
                            partitions,
                            () -> streams.state() != KafkaStreams.State.ERROR);
        }
    }

    /** What the engine ships with, in Kafka Streams' words. */
    private Properties properties(String id) {
        WeirConfig shipped = cluster.config(NAMESPACE, Map.of());
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, cluster.directory().resolve(id).toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, shipped.commitIntervalMs());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, shipped.recordCacheBytes());
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        properties.put(StreamsConfig.mainConsumerPrefix("max.poll.records"), 1000);
        properties.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
        properties.put(StreamsConfig.producerPrefix("linger.ms"), shipped.lingerMs());
        properties.put(StreamsConfig.producerPrefix("batch.size"), 65_536);
        return properties;
    }

    private void print(Map<String, List<Double>> rates, int events, int rounds) {
        double ceiling = median(rates.values().iterator().next());
        out.printf(
                "%n%,d events, %,d senders, %d partitions, 1 stream thread, exactly once; median of %d%n",
                events, SENDERS, partitions, rounds);
        out.printf("| %-28s | events/s | of the ceiling |%n|---|---|---|%n", "topology");
        rates.forEach(
                (name, seen) -> out.printf("| %-28s | %,.0f | %.2f |%n", name, median(seen), median(seen) / ceiling));
    }

    private void gate(Map<String, List<Double>> rates) {
        double engine = median(rates.getOrDefault(ENGINE, List.of()));
        hold("the ceiling", engine / median(rates.getOrDefault(CEILING, List.of())), OF_THE_CEILING);
        hold("the tumbling count", engine / median(rates.getOrDefault(TUMBLING, List.of())), OF_THE_TUMBLING);
        hold("the hopping count", engine / median(rates.getOrDefault(HOPPING, List.of())), OF_THE_HOPPING);
    }

    private static void hold(String what, double ratio, double goal) {
        if (ratio < goal * SLACK) {
            throw new IllegalStateException("the engine reaches %.2f of %s, less than %.2f of the goal %.2f"
                    .formatted(ratio, what, SLACK, goal));
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted(Comparator.naturalOrder()).toList();
        return sorted.get(sorted.size() / 2);
    }
}
