package io.weir.bench;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.config.HttpSettings;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.engine.WeirEngine;
import io.weir.http.Moment;
import io.weir.http.Served;
import io.weir.http.WeirServer;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.operator.KafkaOperators;
import io.weir.operator.KafkaVerdicts;
import io.weir.serde.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Questions about single senders over HTTP, at a steady rate, while the engine judges: how long an answer takes, from the moment at which the
 * question was due.
 *
 * <p>{@code mvn -Pbench test-compile exec:exec -Dbench=QueryBenchmark -Dbench.args="2000 1000 30"}: questions per second, events per second,
 * seconds of measuring.
 */
public final class QueryBenchmark {
    private static final String NAMESPACE = "bench";
    private static final int SENDERS = 50_000;
    private static final int CONNECTIONS = 16;
    private static final int WARM_UP_SECONDS = 15;

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicLong produced = new AtomicLong();

    private QueryBenchmark() {}

    public static void main(String[] args) throws Exception {
        int questions = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
        int events = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 30;
        try (BenchCluster cluster = new BenchCluster(NAMESPACE)) {
            new QueryBenchmark().run(cluster, questions, events, seconds);
        }
        System.exit(0);
    }

    private void run(BenchCluster cluster, int questions, int events, int seconds) throws Exception {
        WeirConfig config = cluster.config(NAMESPACE, Map.of(HttpSettings.PORT, "0", HttpSettings.RATE, "1000000"));
        SiteSecret secret = SiteSecret.readOrCreate(cluster.directory().resolve("secret"));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Clock clock = Clock.systemUTC();
        try (WeirServer server =
                        WeirServer.listen(WeirServer.Options.of(config.http(), true, secret, clock), registry);
                WeirEngine engine = new WeirEngine(
                        config.with(Map.of(HttpSettings.ADVERTISED, server.address())),
                        secret,
                        registry,
                        clock::millis);
                KafkaOperators operators = KafkaOperators.open(config);
                KafkaVerdicts verdicts = KafkaVerdicts.open(config)) {
            engine.start();
            if (!engine.awaitReady(Duration.ofMinutes(1))) {
                throw new IllegalStateException(
                        "the engine is not ready: " + engine.failure().orElse("no reason"));
            }
            operators.awaitRead();
            server.serve(new Served(engine::state, engine.queries(), Moment.wall(clock), operators, verdicts));
            Thread producer = new Thread(() -> produce(cluster.bootstrapServers(), events), "events");
            producer.start();
            while (produced.get() < SENDERS) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            SplittableRandom random = new SplittableRandom(7);
            String[] addresses = new String[8_192];
            for (int i = 0; i < addresses.length; i++) {
                addresses[i] = Load.address(random.nextInt(SENDERS));
            }
            QueryLoad load = new QueryLoad(
                    server.port(),
                    CONNECTIONS,
                    number -> "/v1/senders/" + addresses[(int) (number % addresses.length)]);
            load.run(questions, WARM_UP_SECONDS);
            long before = produced.get();
            QueryLoad.Result result = load.run(questions, seconds);
            long judged = produced.get() - before;
            running.set(false);
            producer.join();
            report(questions, result, judged / (double) seconds);
        }
    }

    /** Every sender once, as fast as it goes; from then on at the rate asked for. */
    private void produce(String bootstrapServers, int perSecond) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "compression.type", "lz4", "linger.ms", 5);
        SplittableRandom random = new SplittableRandom(1);
        EventJson json = new EventJson();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < SENDERS; i++) {
                producer.send(record(json, Load.address(i)));
                produced.incrementAndGet();
            }
            producer.flush();
            long begin = System.nanoTime();
            for (long i = 0; running.get(); i++) {
                long due = begin + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                int rank = (int) Math.exp(random.nextDouble() * Math.log(SENDERS));
                producer.send(record(json, Load.address(rank)));
                produced.incrementAndGet();
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> record(EventJson json, String address) {
        long now = System.currentTimeMillis();
        ConnectionEvent event = new ConnectionEvent(
                true,
                "mx1.example.org",
                ConnectionEvent.NO_SEQ,
                now,
                address,
                ClientAddress.parse(address).sender(),
                Outcome.ADMITTED,
                1,
                1,
                0,
                0,
                20_000,
                false,
                null,
                ConnectionEvent.Facts.NONE);
        return new ProducerRecord<>(
                TopicName.CONNECTIONS.in(NAMESPACE),
                null,
                now,
                event.sender().network().getBytes(StandardCharsets.UTF_8),
                json.write(event));
    }

    private static void report(int asked, QueryLoad.Result result, double eventsPerSecond) {
        System.out.printf(
                "%,d questions/s asked for, %,.0f answered, others than 200: %s, beside %,.0f events/s; %,d senders, %d"
                        + " connections%n",
                asked, result.perSecond(), result.failed(), eventsPerSecond, SENDERS, CONNECTIONS);
        System.out.printf("| question to answer | p50 | p90 | p99 | p99.9 | max |%n|---|---|---|---|---|---|%n");
        System.out.printf(
                "| ms | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
                result.millisAt(0.5),
                result.millisAt(0.9),
                result.millisAt(0.99),
                result.millisAt(0.999),
                result.millisAt(1));
    }
}
