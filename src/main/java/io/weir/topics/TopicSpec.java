package io.weir.topics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a topic should be.
 *
 * @param topic full name, with its namespace
 * @param partitions at least 1; fixed once the topic exists
 * @param replicas at least 1
 * @param config topic settings that must be as given; others are the cluster's affair
 */
public record TopicSpec(String topic, int partitions, short replicas, SortedMap<String, String> config) {
    public TopicSpec {
        config = Collections.unmodifiableSortedMap(new TreeMap<>(config));
    }
}
