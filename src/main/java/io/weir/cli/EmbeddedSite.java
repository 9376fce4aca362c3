package io.weir.cli;

import io.weir.broker.EmbeddedBroker;
import io.weir.cli.RulesTopic.Entry;
import io.weir.config.CommonSettings;
import io.weir.config.WeirConfig;
import io.weir.model.Mode;
import io.weir.throttle.Reason;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import io.weir.topics.TopicAdmin;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A site on this machine: the topics of its namespace in the embedded broker, and rules.
 *
 * @param config where the broker is, and whether the namespace holds history
 * @param rules in force
 */
record EmbeddedSite(WeirConfig config, Rules rules) {
    /** So long all accepted volume vouches at a new site, and nothing is throttled. */
    static final Duration LEARNING = Duration.ofDays(14);

    static EmbeddedBroker startBroker(WeirConfig config) {
        return EmbeddedBroker.start(new EmbeddedBroker.Options(
                config.dataDirectory(), config.brokerPort(), config.brokerControllerPort(), Map.of()));
    }

    /** These settings with the broker's address. */
    static WeirConfig at(WeirConfig config, EmbeddedBroker broker) {
        return config.with(Map.of(CommonSettings.BOOTSTRAP_SERVERS, broker.bootstrapServers()));
    }

    /** Creates what is missing. A namespace that a replay made stays one of history. */
    static EmbeddedSite prepare(WeirConfig asked, Clock clock) {
        try (Cluster cluster = Cluster.reach(asked)) {
            WeirConfig config = cluster.fitting();
            try (TopicAdmin topics = cluster.topics()) {
                topics.apply(TopicOptions.embedded(config.namespace(), config.brokerPartitions())
                        .withHistory(!config.retentionByRecordTime())
                        .apply(TopicFiles.onClasspath().read()));
            }
            RulesTopic topic = new RulesTopic(cluster);
            Optional<Rules> before = topic.current().map(Entry::rules);
            return new EmbeddedSite(config, before.orElseGet(() -> first(topic, clock.millis())));
        }
    }

    /** "shadow" or "enforce" when all reasons agree, otherwise those that act. */
    static String modes(Rules rules) {
        String enforced = Arrays.stream(Reason.values())
                .filter(reason -> rules.mode(reason) == Mode.ENFORCE)
                .map(Reason::id)
                .collect(Collectors.joining(", "));
        return enforced.isEmpty() ? "every reason in shadow (mail passes)" : "enforcing " + enforced;
    }

    private static Rules first(RulesTopic topic, long nowMs) {
        long learnUntil = nowMs + LEARNING.toMillis();
        Rules rules = Rules.of(Map.of(RuleKey.LEARN_UNTIL.id(), Long.toString(learnUntil)));
        topic.write(rules, RulesUpdate.author(), nowMs);
        return rules;
    }
}
