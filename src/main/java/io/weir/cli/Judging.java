package io.weir.cli;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.engine.WeirEngine;
import io.weir.model.Verdict;
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
     * Runs the engine until its committed offsets have reached the given ends.
     *
     * @param sinceMs verdicts that are older belong to an earlier history
     * @return its verdicts, also those of an earlier run that was interrupted
     */
    VerdictHistory run(Map<TopicPartition, Long> ends, long sinceMs) {
        WeirConfig config = cluster.config();
        List<TopicPartition> partitions = cluster.partitions(TopicName.VERDICTS.in(config.namespace()));
        SiteSecret secret = SiteSecret.readOrCreate(config.siteSecretFile());
        VerdictHistory verdicts = new VerdictHistory();
        terminal.err().println("judging");
        try (KafkaConsumer<byte[], byte[]> consumer = cluster.consumer();
                WeirEngine engine =
                        new WeirEngine(config, secret, new SimpleMeterRegistry(), terminal.clock()::millis)) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            engine.start();
            while (!isJudged(ends)) {
                requireAlive(engine);
                poll(consumer, verdicts, sinceMs);
            }
            // What was committed with the last offsets is readable by now.
            Map<TopicPartition, Long> last = cluster.ends(partitions);
            while (!Cluster.hasReached(consumer, last)) {
                poll(consumer, verdicts, sinceMs);
            }
        }
        return verdicts;
    }

    static CommandException ended() {
        return CommandException.failed("ended before all was judged; the same command goes on from there");
    }

    private static void poll(KafkaConsumer<byte[], byte[]> consumer, VerdictHistory verdicts, long sinceMs) {
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
            Verdict verdict = found.value() == null ? null : VerdictJson.read(found.value());
            if (verdict != null && verdict.decidedAtMs() >= sinceMs) {
                verdicts.add(verdict);
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

    private boolean isJudged(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> committed = cluster.committed(cluster.config().applicationId());
        long judged = 0;
        long all = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            judged += Math.min(end.getValue(), committed.getOrDefault(end.getKey(), 0L));
            all += end.getValue();
        }
        if (System.nanoTime() > nextRemark) {
            nextRemark = System.nanoTime() + REMARK_EVERY_NANOS;
            terminal.err().println("judged " + 100 * judged / all + "%");
        }
        return judged == all;
    }
}
