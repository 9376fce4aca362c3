package io.weir.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;

/** All settings there are, in the order they are documented. */
final class Definitions {
    static final List<Section> SECTIONS = List.of(
            CommonSettings.section(),
            BrokerSettings.section(),
            EngineSettings.section(),
            HttpSettings.section(),
            ApiSettings.section(),
            EdgeSettings.section());

    private static final Map<String, ConfigKey> KEYS = collectKeys();

    private Definitions() {}

    static Map<String, ConfigKey> keys() {
        return KEYS;
    }

    static Set<String> names() {
        return KEYS.keySet();
    }

    private static Map<String, ConfigKey> collectKeys() {
        Map<String, ConfigKey> keys = new LinkedHashMap<>();
        for (Section section : SECTIONS) {
            section.definitions().configKeys().values().stream()
                    .sorted((a, b) -> Integer.compare(a.orderInGroup, b.orderInGroup))
                    .forEach(key -> keys.put(key.name, key));
        }
        return Collections.unmodifiableMap(keys);
    }
}
