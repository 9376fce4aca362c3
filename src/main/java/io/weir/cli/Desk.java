package io.weir.cli;

import io.weir.config.WeirConfig;
import io.weir.model.RulesChange;
import io.weir.operator.KafkaOperators;
import io.weir.operator.Operators;
import io.weir.throttle.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where an operator's command finds what operators said, and says more: at Kafka, or at an engine where {@code api.url} names one. */
final class Desk implements AutoCloseable {
    private final Operators operators;
    private final @Nullable KafkaOperators kafka;

    private Desk(Operators operators, @Nullable KafkaOperators kafka) {
        this.operators = operators;
        this.kafka = kafka;
    }

    /** @throws CommandException when nobody answers there */
    static Desk reach(WeirConfig config) {
        if (config.apiUrl().isPresent()) {
            return new Desk(new ApiOperators(ApiClient.engine(config)), null);
        }
        // Says what is wrong with Kafka, when something is.
        Cluster.reach(config).close();
        KafkaOperators kafka = KafkaOperators.open(config);
        try {
            return new Desk(kafka.awaitRead(), kafka);
        } catch (Throwable t) {
            kafka.close();
            throw t;
        }
    }

    Operators operators() {
        return operators;
    }

    /** The rules that are or were in force, oldest first. */
    static List<RulesTopic.Entry> rules(WeirConfig config) {
        if (config.apiUrl().isEmpty()) {
            try (Cluster cluster = Cluster.reach(config)) {
                return new RulesTopic(cluster).history();
            }
        }
        return new ApiOperators(ApiClient.engine(config))
                .rules().stream().map(Desk::entry).toList();
    }

    private static RulesTopic.Entry entry(RulesChange change) {
        return new RulesTopic.Entry(change, Rules.of(change.settings()));
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.close();
        }
    }
}
