package io.weir.cli;

import io.weir.config.TopicName;
import io.weir.model.OperatorOverride;
import io.weir.serde.MalformedOverrideException;
import io.weir.serde.OverrideJson;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** {@code smtp-overrides} of a namespace: one record for each target, which is its key. */
final class OverridesTopic {
    private final CompactedTopic topic;

    OverridesTopic(Cluster cluster) {
        this.topic = new CompactedTopic(
                cluster, TopicName.OVERRIDES.in(cluster.config().namespace()), "override");
    }

    /** All there are, expired ones too, in the order of their targets; what cannot be read is left out, as edges do. */
    Collection<OperatorOverride> all() {
        Map<String, OperatorOverride> all = new TreeMap<>();
        topic.read((target, value) -> {
            all.remove(target);
            if (value != null) {
                try {
                    all.put(target, OverrideJson.read(value));
                } catch (MalformedOverrideException e) {
                    // Gone already.
                }
            }
        });
        return all.values();
    }

    void put(OperatorOverride override) {
        topic.write(override.target(), OverrideJson.write(override), override.createdAtMs());
    }

    void delete(String target, long nowMs) {
        topic.write(target, null, nowMs);
    }
}
