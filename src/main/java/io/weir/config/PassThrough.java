package io.weir.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings that are Kafka's own and go to its clients as they are.
 *
 * <p>Those that have a name of ours are refused under Kafka's, or two places would say different things.
 */
public enum PassThrough {
    KAFKA("kafka.", "every client: consumers, producers, admin, streams"),
    STREAMS("streams.", "the engine's Kafka Streams"),
    PRODUCER("producer.", "producers outside the engine"),
    CONSUMER("consumer.", "consumers outside the engine"),
    OPERATOR(
            "operator.",
            "the clients by which the HTTP API reads and writes what operators say, when it is another user than the engine");

    private static final Map<String, String> OURS = Map.ofEntries(
            Map.entry("kafka.bootstrap.servers", CommonSettings.BOOTSTRAP_SERVERS),
            Map.entry("streams.bootstrap.servers", CommonSettings.BOOTSTRAP_SERVERS),
            Map.entry("producer.bootstrap.servers", CommonSettings.BOOTSTRAP_SERVERS),
            Map.entry("consumer.bootstrap.servers", CommonSettings.BOOTSTRAP_SERVERS),
            Map.entry("operator.bootstrap.servers", CommonSettings.BOOTSTRAP_SERVERS),
            Map.entry("streams.application.id", EngineSettings.APPLICATION_ID),
            Map.entry("streams.application.server", HttpSettings.ADVERTISED),
            Map.entry("streams.commit.interval.ms", EngineSettings.COMMIT_INTERVAL_MS),
            Map.entry("streams.group.protocol", EngineSettings.GROUP_PROTOCOL),
            Map.entry("streams.num.standby.replicas", EngineSettings.STANDBY_REPLICAS),
            Map.entry("streams.num.stream.threads", EngineSettings.STREAM_THREADS),
            Map.entry("streams.processing.guarantee", EngineSettings.PROCESSING_GUARANTEE),
            Map.entry("streams.producer.linger.ms", EngineSettings.LINGER_MS),
            Map.entry("streams.state.dir", EngineSettings.STATE_DIR),
            Map.entry("streams.statestore.cache.max.bytes", EngineSettings.RECORD_CACHE_BYTES));

    private static final List<String> SECRET_WORDS =
            List.of("password", "secret", "jaas", ".key", "token", "credential");

    private final String prefix;
    private final String receiver;

    PassThrough(String prefix, String receiver) {
        this.prefix = prefix;
        this.receiver = receiver;
    }

    public String prefix() {
        return prefix;
    }

    /** Whom the settings go to, for the documentation. */
    public String receiver() {
        return receiver;
    }

    /** The entries under this prefix, which is taken off. */
    Map<String, String> from(Map<String, String> all) {
        Map<String, String> mine = new TreeMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                mine.put(name.substring(prefix.length()), value);
            }
        });
        return mine;
    }

    static boolean covers(String name) {
        for (PassThrough one : values()) {
            if (name.startsWith(one.prefix) && name.length() > one.prefix.length()) {
                return true;
            }
        }
        return false;
    }

    /** The setting of ours that a Kafka setting has to be given as. */
    static Optional<String> ourNameOf(String name) {
        return Optional.ofNullable(OURS.get(name));
    }

    /** Whether the value must not be shown; in doubt it is not. */
    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains);
    }
}
