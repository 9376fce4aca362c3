package io.weir.cli;

import io.weir.config.TopicName;
import io.weir.model.OperatorOverride;
import io.weir.serde.MalformedOverrideException;
import io.weir.serde.OverrideJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code smtp-overrides} of a namespace: one record for each target, which is its key. */
final class OverridesTopic {
    /** At once: whoever writes an override shall not wait for all that others left behind. */
    private static final int MOST_DELETED = 100;

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

    /**
     * Writes overrides, and deletes some of those that have expired.
     *
     * @throws CommandException when edges would not obey them all; none is written then
     */
    void put(List<OperatorOverride> overrides, long nowMs) {
        Set<String> targets = new HashSet<>();
        List<String> expired = new ArrayList<>();
        for (OperatorOverride known : all()) {
            if (known.holdsAt(nowMs)) {
                targets.add(known.target());
            } else {
                expired.add(known.target());
            }
        }
        overrides.forEach(override -> targets.add(override.target()));
        if (targets.size() > OperatorOverride.MOST) {
            throw CommandException.failed("there would be " + targets.size() + " overrides, and edges obey "
                    + OperatorOverride.MOST + ": a network is one, however many addresses it has");
        }
        expired.removeAll(targets);
        expired.stream().limit(MOST_DELETED).forEach(target -> delete(target, nowMs));
        overrides.forEach(
                override -> topic.write(override.target(), OverrideJson.write(override), override.createdAtMs()));
    }

    void delete(String target, long nowMs) {
        topic.write(target, null, nowMs);
    }
}
