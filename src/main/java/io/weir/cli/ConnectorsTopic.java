package io.weir.cli;

import io.weir.config.TopicName;
import io.weir.model.Connector;
import io.weir.serde.ConnectorJson;
import io.weir.serde.MalformedConnectorException;
import java.util.Map;
import java.util.TreeMap;

/** {@code smtp-connectors} of a namespace: one record for each name, which is its key. */
final class ConnectorsTopic {
    private final CompactedTopic topic;

    ConnectorsTopic(Cluster cluster) {
        this.topic = new CompactedTopic(
                cluster, TopicName.CONNECTORS.in(cluster.config().namespace()), "connector");
    }

    /** All there are, by name; a record that cannot be read leaves what was there before, as at an edge. */
    Map<String, Connector> all() {
        Map<String, Connector> all = new TreeMap<>();
        topic.read((name, value) -> {
            if (value == null) {
                all.remove(name);
                return;
            }
            try {
                all.put(name, ConnectorJson.read(value));
            } catch (MalformedConnectorException e) {
                // Edges skip it, and so does whoever asks what edges know.
            }
        });
        return all;
    }

    void put(Connector connector, long nowMs) {
        topic.write(connector.name(), ConnectorJson.write(connector), nowMs);
    }

    void delete(String name, long nowMs) {
        topic.write(name, null, nowMs);
    }
}
