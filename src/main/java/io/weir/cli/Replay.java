package io.weir.cli;

import io.weir.cli.RulesTopic.Entry;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.model.ConnectionEvent;
import io.weir.replay.HistoryReport;
import io.weir.replay.ThrottleReport;
import io.weir.replay.ThrottleTally;
import io.weir.replay.VerdictHistory;
import io.weir.throttle.Rules;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A history on its way through a namespace of its own: into the topic under its own times, through an engine, and back as verdicts.
 *
 * @param read what a first reading found
 * @param rules to judge by; null for those the namespace has
 */
record Replay(LogPast past, HistoryReport read, @Nullable Rules rules, Terminal terminal, Lifetime.Hold hold) {
    private static final int MOST_REPLICAS = 3;

    /** @param config says where the cluster is, and that the namespace holds history */
    ThrottleReport run(WeirConfig config) throws IOException {
        try (Cluster cluster = Cluster.reach(config)) {
            String connections = TopicName.CONNECTIONS.in(config.namespace());
            topics(cluster, connections);
            LoadedEvents loaded = LoadedEvents.in(cluster, connections, read.firstEventMs());
            rules(cluster);
            load(cluster, loaded);
            Map<TopicPartition, Long> ends = cluster.ends(cluster.partitions(connections));
            VerdictHistory verdicts = new Judging(cluster, terminal, hold).run(ends, read.firstEventMs());
            ThrottleTally tally = new ThrottleTally(verdicts);
            past.tell(new ReplayProgress(terminal, "counting"));
            past.forEach((partition, event) -> {
                if (event instanceof ConnectionEvent connection) {
                    tally.add(connection);
                }
            });
            return tally.report();
        }
    }

    private void topics(Cluster cluster, String connections) {
        WeirConfig config = cluster.config();
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

    private void rules(Cluster cluster) {
        RulesTopic topic = new RulesTopic(cluster);
        Optional<Rules> before = topic.current().map(Entry::rules);
        Rules wanted = rules != null ? rules : before.orElse(Rules.DEFAULTS);
        if (before.isEmpty() || !before.get().equals(wanted)) {
            topic.write(wanted, RulesUpdate.author(), read.firstEventMs());
        }
    }

    private void load(Cluster cluster, LoadedEvents loaded) throws IOException {
        past.tell(new ReplayProgress(terminal, "writing"));
        long written = new HistoryLoad(cluster, past, terminal).run(loaded, 0);
        terminal.err().println(written + " events written");
    }
}
