package io.weir.broker;

import static java.util.Map.entry;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a one-node broker on a laptop needs different from Kafka's defaults, which are meant for a cluster of servers. */
final class BrokerProperties {
    static final int NODE_ID = 1;

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            // One node: nothing can be replicated.
            entry("default.replication.factor", "1"),
            entry("offsets.topic.replication.factor", "1"),
            entry("transaction.state.log.replication.factor", "1"),
            entry("transaction.state.log.min.isr", "1"),
            entry("share.coordinator.state.topic.replication.factor", "1"),
            entry("share.coordinator.state.topic.min.isr", "1"),

            // 50 partitions each by default: files, memory and start-up time for nothing.
            entry("offsets.topic.num.partitions", "4"),
            entry("transaction.state.log.num.partitions", "4"),
            entry("share.coordinator.state.topic.num.partitions", "1"),

            // A typing error must not become a topic.
            entry("auto.create.topics.enable", "false"),

            // Groups of one or two members: waiting for more of them to join only delays the start.
            entry("group.initial.rebalance.delay.ms", "0"),
            entry("group.streams.initial.rebalance.delay.ms", "0"),
            entry("group.streams.assignment.interval.ms", "0"),
            entry("group.streams.min.heartbeat.interval.ms", "100"),
            entry("group.streams.heartbeat.interval.ms", "500"),
            entry("group.streams.min.session.timeout.ms", "1000"),
            entry("group.consumer.min.heartbeat.interval.ms", "100"),
            entry("group.consumer.heartbeat.interval.ms", "500"),
            entry("group.consumer.min.session.timeout.ms", "1000"),
            entry("group.min.session.timeout.ms", "1000"),

            // A killed engine's open transaction holds back every read_committed reader until it is aborted: look for
            // such often.
            entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),

            // Memory and threads of a laptop: the cleaner alone reserves 128 MB by default.
            entry("log.cleaner.dedupe.buffer.size", "8388608"),
            entry("log.segment.bytes", "268435456"),
            entry("log.index.size.max.bytes", "1048576"),
            entry("num.network.threads", "2"),
            entry("num.io.threads", "4"),
            entry("background.threads", "2"),
            entry("num.recovery.threads.per.data.dir", "2"));

    private BrokerProperties() {}

    static Map<String, String> of(Path logDir, LoopbackListeners listeners, Map<String, String> overrides) {
        String client = address(listeners, LoopbackListeners.CLIENT);
        String controller = address(listeners, LoopbackListeners.CONTROLLER);

        Map<String, String> properties = new HashMap<>(DEFAULTS);
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE_ID));
        properties.put("log.dirs", logDir.toString());
        properties.put(
                "listeners",
                LoopbackListeners.CLIENT + "://" + client + "," + LoopbackListeners.CONTROLLER + "://" + controller);
        properties.put("advertised.listeners", LoopbackListeners.CLIENT + "://" + client);
        properties.put(
                "listener.security.protocol.map",
                LoopbackListeners.CLIENT + ":PLAINTEXT," + LoopbackListeners.CONTROLLER + ":PLAINTEXT");
        properties.put("inter.broker.listener.name", LoopbackListeners.CLIENT);
        properties.put("controller.listener.names", LoopbackListeners.CONTROLLER);
        // Static voters live in this setting, not in the metadata log, so the controller's port may differ after a
        // restart.
        properties.put("controller.quorum.voters", NODE_ID + "@" + controller);
        properties.putAll(overrides);
        return properties;
    }

    private static String address(LoopbackListeners listeners, String listener) {
        return LoopbackListeners.HOST + ":" + listeners.port(listener);
    }
}
