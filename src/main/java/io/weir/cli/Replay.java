package io.weir.cli;

import io.weir.cli.RulesTopic.Entry;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.SenderMap;
import io.weir.replay.PostfixLogReader;
import io.weir.replay.ReadReport;
import io.weir.replay.ThrottleReport;
import io.weir.replay.ThrottleTally;
import io.weir.replay.VerdictHistory;
import io.weir.throttle.Rules;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One log on its way through a namespace: into the topic under its own times, through an engine, and back as verdicts.
 *
 * @param read what a first reading of the log found
 * @param rules to judge by; null for those the namespace has
 */
record Replay(
        Path file,
        PostfixLogReader.Options options,
        ReadReport read,
        @Nullable Rules rules,
        Terminal terminal,
        Lifetime.Hold hold) {
    private static final int MOST_REPLICAS = 3;

    /** @param config says where the cluster is, and that the namespace holds history */
    ThrottleReport run(WeirConfig config) throws IOException {
        try (Cluster cluster = Cluster.reach(config)) {
            topics(cluster);
            requirePast(cluster);
            SenderMap senders = rules(cluster).senders();
            Judging judging = new Judging(cluster, terminal, hold);
            VerdictHistory verdicts = judging.run(produce(cluster, senders));
            ThrottleTally tally = new ThrottleTally(verdicts);
            PostfixLogReader.read(file, options, event -> tally.add(senders.place(event)));
            return tally.report();
        }
    }

    private void topics(Cluster cluster) {
        WeirConfig config = cluster.config();
        String connections = connections(cluster);
        if (cluster.hasTopic(connections) && !cluster.holdsHistory()) {
            throw CommandException.failed("namespace " + config.namespace() + " is for the mail of today: topic "
                    + connections + " deletes what is old; choose another --namespace");
        }
        TopicOptions wanted = new TopicOptions(
                config.namespace(),
                OptionalInt.of(config.brokerPartitions()),
                OptionalInt.of(Math.min(MOST_REPLICAS, cluster.brokers())),
                true);
        try (TopicAdmin topics = cluster.topics()) {
            topics.apply(wanted.apply(TopicFiles.onClasspath().read()));
        }
    }

    /** An event of the past behind newer ones would be late for the judgement, and nobody could undo it. */
    private void requirePast(Cluster cluster) {
        long newest = cluster.newestMs(connections(cluster));
        if (newest > read.firstEventMs()) {
            throw CommandException.failed("namespace " + cluster.config().namespace() + " holds mail up to "
                    + Instant.ofEpochMilli(newest) + ", and " + file + " begins at "
                    + Instant.ofEpochMilli(read.firstEventMs())
                    + "; the past cannot come after: choose another --namespace");
        }
    }

    private Rules rules(Cluster cluster) {
        RulesTopic topic = new RulesTopic(cluster);
        Optional<Rules> before = topic.current().map(Entry::rules);
        Rules wanted = rules != null ? rules : before.orElse(Rules.DEFAULTS);
        if (before.isEmpty() || !before.get().equals(wanted)) {
            topic.write(wanted, RulesUpdate.author(), read.firstEventMs());
        }
        return wanted;
    }

    /** @return where each partition's last event lies, which is what the engine has to reach */
    private Map<TopicPartition, Long> produce(Cluster cluster, SenderMap senders) throws IOException {
        terminal.err().println("writing " + read.events() + " events to " + connections(cluster));
        try (EventSink sink = new EventSink(cluster, connections(cluster))) {
            PostfixLogReader.read(file, options, event -> {
                if (hold.isOver()) {
                    throw Judging.ended();
                }
                sink.send(senders.place(event));
            });
            return sink.lastOffsets();
        }
    }

    private static String connections(Cluster cluster) {
        return TopicName.CONNECTIONS.in(cluster.config().namespace());
    }
}
