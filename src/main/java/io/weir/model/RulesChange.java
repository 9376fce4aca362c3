package io.weir.model;

import java.util.Map;

/**
 * Control record: from here on in this partition, judge by these rules.
 *
 * @param edge who wrote it: an operator's tool
 * @param settings the whole rules document, key to value; what a key means is the rules' affair
 */
public record RulesChange(String edge, long occurredAtMs, Map<String, String> settings) implements WeirEvent {
    public RulesChange {
        settings = Map.copyOf(settings);
    }
}
