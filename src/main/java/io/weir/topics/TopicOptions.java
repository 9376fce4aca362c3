package io.weir.topics;

import io.weir.config.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a site asks of the topics beyond the files.
 *
 * @param namespace prefix of every topic's name; empty for none
 * @param partitions partitions of the topics that are keyed by client; empty for the files' number
 * @param replicas copies of each partition; empty for the files' number
 * @param history whether the records' times may lie anywhere: nothing is deleted for its age then, and no time is refused
 */
public record TopicOptions(String namespace, OptionalInt partitions, OptionalInt replicas, boolean history) {
    private static final String FOREVER = Long.toString(Long.MAX_VALUE);
    private static final String MIN_ISR = "min.insync.replicas";
    private static final String RETENTION = "retention.ms";
    private static final String MAX_COMPACTION_LAG = "max.compaction.lag.ms";
    private static final String SEGMENT = "segment.ms";
    private static final String MAX_AHEAD = "message.timestamp.after.max.ms";
    private static final String HISTORY_SEGMENT = Long.toString(30L * 86_400_000);

    public TopicOptions {
        requireAtLeastOne("partitions", partitions);
        requireAtLeastOne("replicas", replicas);
    }

    /** As the files say. */
    public static TopicOptions inNamespace(String namespace) {
        return new TopicOptions(namespace, OptionalInt.empty(), OptionalInt.empty(), false);
    }

    /** For a broker of one node: a single copy of everything. */
    public static TopicOptions embedded(String namespace, int partitions) {
        return new TopicOptions(namespace, OptionalInt.of(partitions), OptionalInt.of(1), false);
    }

    public TopicOptions withHistory(boolean isHistory) {
        return new TopicOptions(namespace, partitions, replicas, isHistory);
    }

    /** The files' topics as these options want them. */
    public List<TopicSpec> apply(Map<TopicName, TopicSpec> files) {
        List<TopicSpec> wanted = new ArrayList<>();
        files.forEach((name, file) -> wanted.add(apply(name, file)));
        return List.copyOf(wanted);
    }

    private TopicSpec apply(TopicName name, TopicSpec file) {
        int count = name.isKeyedByClient() ? partitions.orElse(file.partitions()) : file.partitions();
        int copies = replicas.orElse(file.replicas());
        TreeMap<String, String> config = new TreeMap<>(file.config());
        // More copies in sync than there are would refuse every write.
        config.computeIfPresent(MIN_ISR, (key, min) -> Integer.toString(Math.min(Integer.parseInt(min), copies)));
        if (history) {
            forHistory(config);
        }
        return new TopicSpec(name.in(namespace), count, (short) copies, config);
    }

    /** Brokers measure age from the records' times, and these run through years in minutes. */
    private static void forHistory(TreeMap<String, String> config) {
        config.computeIfPresent(RETENTION, (key, file) -> "-1");
        config.computeIfPresent(MAX_COMPACTION_LAG, (key, file) -> FOREVER);
        config.computeIfPresent(SEGMENT, (key, file) -> HISTORY_SEGMENT);
        // The broker's own bound is an hour.
        config.put(MAX_AHEAD, FOREVER);
    }

    private static void requireAtLeastOne(String what, OptionalInt value) {
        if (value.isPresent() && (value.getAsInt() < 1 || value.getAsInt() > 1024)) {
            throw new IllegalArgumentException(what + " must be 1 to 1024, got " + value.getAsInt());
        }
    }
}
