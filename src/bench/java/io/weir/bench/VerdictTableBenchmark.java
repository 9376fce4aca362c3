package io.weir.bench;

import io.weir.config.TopicName;
import io.weir.edge.BenchEdge;
import io.weir.edge.VerdictTable;
import io.weir.model.Mode;
import io.weir.model.Verdict;
import io.weir.serde.VerdictJson;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What an edge's verdicts weigh, and how long an edge that starts takes until it has read them all from Kafka and enforces.
 *
 * <p>{@code mvn -Pbench test-compile exec:exec -Dbench=VerdictTableBenchmark -Dbench.args="1000000 3"}: verdicts, starts.
 */
public final class VerdictTableBenchmark {
    private static final String NAMESPACE = "bench";
    private static final long MOST_MB = 250;
    private static final long MOST_MS = 15_000;

    private VerdictTableBenchmark() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        int verdicts = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int starts = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        weigh(out, verdicts);
        try (BenchCluster cluster = new BenchCluster(NAMESPACE)) {
            produce(cluster.bootstrapServers(), verdicts);
            for (int i = 0; i < starts; i++) {
                catchUp(out, cluster.bootstrapServers(), verdicts);
            }
        }
        System.exit(0);
    }

    private static void weigh(PrintStream out, int verdicts) {
        VerdictTable table = new VerdictTable(verdicts);
        BenchVerdicts made = new BenchVerdicts(System.currentTimeMillis(), Mode.ENFORCE);
        long before = heapBytes();
        for (int i = 0; i < verdicts; i++) {
            Verdict verdict = made.verdict(i);
            table.take(verdict.client(), verdict);
        }
        long bytes = heapBytes() - before;
        long mb = bytes / 1_000_000;
        out.printf(
                "heap: %,d verdicts take %,d MB, %,d bytes each (at most %,d MB: %s)%n",
                table.size(), mb, bytes / verdicts, MOST_MB, mb <= MOST_MB ? "held" : "NOT held");
    }

    private static long heapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void produce(String bootstrapServers, int verdicts) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                131_072);
        BenchVerdicts made = new BenchVerdicts(System.currentTimeMillis(), Mode.ENFORCE);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < verdicts; i++) {
                Verdict verdict = made.verdict(i);
                producer.send(new ProducerRecord<>(
                        TopicName.VERDICTS.in(NAMESPACE),
                        verdict.client().getBytes(StandardCharsets.UTF_8),
                        VerdictJson.write(verdict)));
            }
            producer.flush();
        }
    }

    private static void catchUp(PrintStream out, String bootstrapServers, int verdicts) {
        VerdictTable table = new VerdictTable(verdicts);
        long begin = System.nanoTime();
        try (BenchEdge.Follower follower = new BenchEdge.Follower(bootstrapServers, NAMESPACE, table)) {
            while (!follower.isEnforcing()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            if (table.size() != verdicts) {
                throw new IllegalStateException("enforces with " + table.size() + " verdicts");
            }
            out.printf(
                    "caught up: %,d ms until %,d verdicts are known and enforced (at most %,d: %s), "
                            + "%,d ms of one processor in the edge%n",
                    ms, verdicts, MOST_MS, ms <= MOST_MS ? "held" : "NOT held", processorMs());
        }
    }

    /** What the thread that follows has taken: on a busy machine this is what compares. */
    private static long processorMs() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = 0;
        for (ThreadInfo thread : threads.dumpAllThreads(false, false)) {
            if (thread.getThreadName().equals("edge-knowledge")) {
                nanos += threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
