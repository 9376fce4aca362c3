package io.weir.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.engine.WeirEngine;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.serde.EventJson;
import io.weir.serde.VerdictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * How long a surge goes on before edges know: from producing the event that exceeds the allowance until a read_committed
 * consumer has the verdict, while 5,000 other events per second go through the engine.
 *
 * <p>{@code mvn -Pbench test-compile exec:exec -Dbench=LatencyBenchmark -Dbench.args="60"}: seconds of measuring.
 */
public final class LatencyBenchmark {
    private static final int RATE = 5_000;
    private static final int SENDERS = 100_000;
    private static final int WARM_UP_SECONDS = 20;
    private static final int PROBES_PER_SECOND = 10;
    private static final String NAMESPACE = "bench";

    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final Map<String, Long> took = new ConcurrentHashMap<>();
    private final AtomicBoolean running = new AtomicBoolean(true);

    private LatencyBenchmark() {}

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        try (BenchCluster cluster = new BenchCluster(NAMESPACE)) {
            new LatencyBenchmark().run(cluster, seconds);
        }
        System.exit(0);
    }

    private void run(BenchCluster cluster, int seconds) throws Exception {
        WeirConfig config = cluster.config(NAMESPACE, Map.of());
        SiteSecret secret = SiteSecret.readOrCreate(cluster.directory().resolve("secret"));
        try (WeirEngine engine = new WeirEngine(config, secret, new SimpleMeterRegistry(), System::currentTimeMillis)) {
            engine.start();
            if (!engine.awaitReady(Duration.ofMinutes(1))) {
                throw new IllegalStateException(
                        "the engine is not ready: " + engine.failure().orElse("no reason"));
            }
            Thread reader = new Thread(() -> read(cluster.bootstrapServers()), "verdict-reader");
            reader.start();
            produce(cluster.bootstrapServers(), seconds);
            running.set(false);
            reader.join();
        }
        report();
    }

    private void produce(String bootstrapServers, int seconds) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "compression.type", "lz4", "linger.ms", 5);
        SplittableRandom random = new SplittableRandom(1);
        EventJson json = new EventJson();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            long begin = System.nanoTime();
            int total = RATE * (WARM_UP_SECONDS + seconds);
            for (int i = 0; i < total; i++) {
                long due = begin + i * TimeUnit.SECONDS.toNanos(1) / RATE;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                int rank = (int) Math.exp(random.nextDouble() * Math.log(SENDERS));
                producer.send(record(json, Load.address(rank), 1));
                if (i % (RATE / PROBES_PER_SECOND) == 0) {
                    String probe = Load.address(SENDERS + i / (RATE / PROBES_PER_SECOND));
                    if (i >= RATE * WARM_UP_SECONDS) {
                        sent.put(probe, System.nanoTime());
                    }
                    producer.send(record(json, probe, 1_000));
                }
            }
            producer.flush();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(EventJson json, String address, int recipients) {
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
                recipients,
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

    private void read(String bootstrapServers) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            String topic = TopicName.VERDICTS.in(NAMESPACE);
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (running.get()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    Long since = sent.get(new String(record.key(), StandardCharsets.UTF_8));
                    if (since != null && record.value() != null) {
                        took.putIfAbsent(VerdictJson.read(record.value()).client(), System.nanoTime() - since);
                    }
                }
            }
        }
    }

    private void report() {
        long[] sorted =
                took.values().stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "%d surges, %d verdicts, beside %,d events/s, exactly once, 100 ms commits%n",
                sent.size(), sorted.length, RATE);
        if (sorted.length < sent.size() || sorted.length == 0) {
            throw new IllegalStateException("verdicts are missing");
        }
        System.out.printf("| event to readable verdict | p50 | p90 | p99 | max |%n|---|---|---|---|---|%n");
        System.out.printf(
                "| ms | %.0f | %.0f | %.0f | %.0f |%n",
                at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        int index = (int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
        return sorted[Math.max(0, index)] / 1e6;
    }
}
