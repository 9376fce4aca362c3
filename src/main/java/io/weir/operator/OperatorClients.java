package io.weir.operator;

import io.weir.config.PassThrough;
import io.weir.config.WeirConfig;
import java.util.HashMap;
import java.util.Map;

/** How the clients that work for operators reach Kafka: as every other does, or as a user of their own. */
final class OperatorClients {
    private OperatorClients() {}

    static Map<String, Object> settings(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>(config.passThrough(PassThrough.KAFKA));
        settings.putAll(config.passThrough(PassThrough.OPERATOR));
        settings.put("bootstrap.servers", config.bootstrapServers());
        settings.put("enable.metrics.push", "false");
        return settings;
    }
}
