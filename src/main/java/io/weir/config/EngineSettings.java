package io.weir.config;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The engine: how it runs, not how it judges; that is in the rules. */
public final class EngineSettings {
    public static final String APPLICATION_ID = "engine.application.id";
    public static final String STREAM_THREADS = "engine.stream.threads";
    public static final String PROCESSING_GUARANTEE = "engine.processing.guarantee";
    public static final String COMMIT_INTERVAL_MS = "engine.commit.interval.ms";
    public static final String LINGER_MS = "engine.linger.ms";
    public static final String GROUP_PROTOCOL = "engine.group.protocol";
    public static final String STANDBY_REPLICAS = "engine.standby.replicas";
    public static final String STATE_DIR = "engine.state.dir";
    public static final String RECORD_CACHE_BYTES = "engine.record.cache.bytes";
    public static final String ROCKSDB_BYTES = "engine.rocksdb.bytes";
    public static final String RETENTION_BY_RECORD_TIME = "engine.retention.by.record.time";

    private static final long MIB = 1024 * 1024;

    private EngineSettings() {}

    /** What a crash may do to counts. */
    public enum ProcessingGuarantee {
        /** Every event counts once, whatever crashes. */
        EXACTLY_ONCE("exactly_once_v2"),
        /** Events since the last commit may count again after a crash. */
        AT_LEAST_ONCE("at_least_once");

        private final String label;

        ProcessingGuarantee(String label) {
            this.label = label;
        }

        /** The word in the setting, which is Kafka's own. */
        public String label() {
            return label;
        }
    }

    /** Who assigns partitions to engines. */
    public enum GroupProtocol {
        /** The members among themselves; fails over fastest. */
        CLASSIC("classic"),
        /** The broker; needs Kafka 4.2 or newer there. */
        STREAMS("streams");

        private final String label;

        GroupProtocol(String label) {
            this.label = label;
        }

        /** The word in the setting, which is Kafka's own. */
        public String label() {
            return label;
        }
    }

    static Section section() {
        Section section = new Section("Engine");
        group(section);
        durability(section);
        memory(section);
        return section;
    }

    private static void group(Section section) {
        section.add(
                        APPLICATION_ID,
                        Type.STRING,
                        "weir-engine",
                        Allowed.matching(
                                "[A-Za-z0-9._-]{1,100}", "1 to 100 of the characters A-Z, a-z, 0-9, '.', '_' and -"),
                        Importance.MEDIUM,
                        "The consumer group of all engines that share the work, and the prefix of their changelog topics.")
                .add(
                        STREAM_THREADS,
                        Type.INT,
                        1,
                        Allowed.wholeNumber(1, 64),
                        Importance.MEDIUM,
                        "Threads that judge; more than there are partitions idle.")
                .add(
                        GROUP_PROTOCOL,
                        Type.STRING,
                        GroupProtocol.CLASSIC.label(),
                        Allowed.oneOf(labels(GroupProtocol.values(), GroupProtocol::label)),
                        Importance.LOW,
                        "Who assigns partitions to engines: classic, the engines themselves; streams, the broker (Kafka 4.2 or"
                                + " newer). A running group cannot change it.")
                .add(
                        STANDBY_REPLICAS,
                        Type.INT,
                        0,
                        Allowed.wholeNumber(0, 2),
                        Importance.MEDIUM,
                        "Further engines that keep a warm copy of each partition's state, so that one takes over at once.");
    }

    private static void durability(Section section) {
        section.add(
                        PROCESSING_GUARANTEE,
                        Type.STRING,
                        ProcessingGuarantee.EXACTLY_ONCE.label(),
                        Allowed.oneOf(labels(ProcessingGuarantee.values(), ProcessingGuarantee::label)),
                        Importance.MEDIUM,
                        "What a crash may do to counts: exactly_once_v2, nothing; at_least_once, events since the last commit may"
                                + " count again.")
                .add(
                        COMMIT_INTERVAL_MS,
                        Type.LONG,
                        100L,
                        // Streams' transactions time out after 10 s, and a commit must come well before.
                        Allowed.wholeNumber(10, 5_000),
                        Importance.LOW,
                        "How often results are committed, in milliseconds; under exactly_once_v2 no verdict is readable before.")
                .add(
                        LINGER_MS,
                        Type.INT,
                        5,
                        Allowed.wholeNumber(0, 1_000),
                        Importance.LOW,
                        "How long the engine's producer waits to fill a batch, in milliseconds.")
                .add(
                        RETENTION_BY_RECORD_TIME,
                        Type.BOOLEAN,
                        true,
                        Allowed.BOOLEAN,
                        Importance.LOW,
                        "Whether topics and changelogs drop records by the time in them. false is for a namespace that holds"
                                + " history: the broker would delete the past within minutes.");
    }

    private static void memory(Section section) {
        section.addDerived(
                        STATE_DIR,
                        "<data.dir>/state",
                        Allowed.PATH,
                        Importance.MEDIUM,
                        "Where the engine keeps its working copy of the state; the changelog topics hold the other.")
                .add(
                        RECORD_CACHE_BYTES,
                        Type.LONG,
                        64 * MIB,
                        Allowed.wholeNumber(0, 64 * 1024 * MIB),
                        Importance.MEDIUM,
                        "Bytes of Java heap for senders' records before they go to RocksDB, shared by all threads.")
                .add(
                        ROCKSDB_BYTES,
                        Type.LONG,
                        128 * MIB,
                        Allowed.wholeNumber(16 * MIB, 1024 * 1024 * MIB),
                        Importance.MEDIUM,
                        "Bytes outside the Java heap for RocksDB: one block cache, write buffers included, shared by all stores.");
    }

    private static <T> List<String> labels(T[] values, Function<T, String> label) {
        return Arrays.stream(values).map(label).toList();
    }
}
