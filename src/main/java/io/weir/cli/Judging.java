package io.weir.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.engine.WeirEngine;
import io.weir.replay.VerdictHistory;
import io.weir.serde.VerdictJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** An engine of a namespace that runs until it has judged what is there, and the verdicts it makes meanwhile. */
final class Judging {
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long REMARK_EVERY_NANOS = Duration.ofSeconds(3).toNanos();

    private final Cluster cluster;
    private final Terminal terminal;
    private final Lifetime.Hold hold;
    private long nextRemark = System.nanoTime() + REMARK_EVERY_NANOS;

    Judging(Cluster cluster, Terminal terminal, Lifetime.Hold hold) {
        this.cluster = cluster;
        this.terminal = terminal;
        this.hold = hold;
    }

    /**
     * Runs the engine until its committed offsets have passed the given ones.
     *
     * @return its verdicts since before it started
     */
    VerdictHistory run(Map<TopicPartition, Long> lastOffsets) {
        WeirConfig config = cluster.config();
        List<TopicPartition> partitions = cluster.partitions(TopicName.VERDICTS.in(config.namespace()));
        SiteSecret secret = SiteSecret.readOrCreate(config.siteSecretFile());
        VerdictHistory verdicts = new VerdictHistory();
        terminal.err().println("judging");
        try (KafkaConsumer<byte[], byte[]> consumer = cluster.consumer();
                WeirEngine engine =
                        new WeirEngine(config, secret, new SimpleMeterRegistry(), terminal.clock()::millis)) {
            consumer.assign(partitions);
            cluster.ends(partitions).forEach(consumer::seek);
            engine.start();
            while (!isJudged(lastOffsets)) {
                requireAlive(engine);
                poll(consumer, verdicts);
            }
            // What was committed with the last offsets is readable by now.
            Map<TopicPartition, Long> ends = cluster.ends(partitions);
            while (!Cluster.hasReached(consumer, ends)) {
                poll(consumer, verdicts);
            }
        }
        return verdicts;
    }

    static CommandException ended() {
        return CommandException.failed("ended before the log was judged; run it again in another --namespace");
    }

    private static void poll(KafkaConsumer<byte[], byte[]> consumer, VerdictHistory verdicts) {
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
            if (found.value() != null) {
                verdicts.add(VerdictJson.read(found.value()));
            }
        }
    }

    private void requireAlive(WeirEngine engine) {
        if (hold.isOver()) {
            throw ended();
        }
        engine.failure().ifPresent(why -> {
            throw CommandException.failed("the engine stopped: " + why);
        });
    }

    private boolean isJudged(Map<TopicPartition, Long> lastOffsets) {
        Map<TopicPartition, Long> committed = cluster.committed(cluster.config().applicationId());
        long judged = 0;
        long all = 0;
        for (Map.Entry<TopicPartition, Long> last : lastOffsets.entrySet()) {
            long wanted = last.getValue() + 1;
            judged += Math.min(wanted, committed.getOrDefault(last.getKey(), 0L));
            all += wanted;
        }
        if (System.nanoTime() > nextRemark) {
            nextRemark = System.nanoTime() + REMARK_EVERY_NANOS;
            terminal.err().println("judged " + 100 * judged / all + "%");
        }
        return judged == all;
    }
}
