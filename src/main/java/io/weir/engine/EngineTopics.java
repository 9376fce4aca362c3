package io.weir.engine;

import io.weir.config.TopicName;
import io.weir.config.WeirConfig;

/** Names of the topics the engine reads and writes, in its namespace. */
public record EngineTopics(String connections, String verdicts, String deadLetters, String rules) {
    public static EngineTopics of(WeirConfig config) {
        return new EngineTopics(
                TopicName.CONNECTIONS.in(config.namespace()),
                TopicName.VERDICTS.in(config.namespace()),
                TopicName.DEAD_LETTERS.in(config.namespace()),
                TopicName.RULES.in(config.namespace()));
    }
}
