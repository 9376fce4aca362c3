package io.weir.config;

import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The embedded broker of {@code weir up} and {@code weir demo}; unused against a cluster. */
public final class BrokerSettings {
    public static final String PORT = "broker.port";
    public static final String CONTROLLER_PORT = "broker.controller.port";
    public static final String PARTITIONS = "broker.partitions";

    private BrokerSettings() {}

    static Section section() {
        return new Section("Embedded broker")
                .add(
                        PORT,
                        Type.INT,
                        9092,
                        Allowed.PORT_OR_ANY,
                        Importance.MEDIUM,
                        "Port on 127.0.0.1 where clients connect; 0 chooses a free one.")
                .add(
                        CONTROLLER_PORT,
                        Type.INT,
                        9093,
                        Allowed.PORT_OR_ANY,
                        Importance.LOW,
                        "Port on 127.0.0.1 where the broker finds its own controller; 0 chooses a free one.")
                .add(
                        PARTITIONS,
                        Type.INT,
                        4,
                        Allowed.wholeNumber(1, 48),
                        Importance.MEDIUM,
                        "Partitions of smtp-connections and smtp-verdicts when they are created in the embedded broker. Fixed"
                                + " afterwards: the engine refuses topics whose partitions have changed.");
    }
}
