package io.weir.demo;

import io.weir.config.BrokerSettings;
import io.weir.config.CommonSettings;
import io.weir.config.EngineSettings;
import io.weir.config.PassThrough;
import io.weir.config.WeirConfig;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How the demo runs.
 *
 * @param config where the data goes and which ports are used; the namespace is the demo's own whatever it says
 * @param engine starts the engine
 * @param keep whether the broker and the engine go on afterwards, so that the last lines can say so
 * @param out where the account goes
 * @param clockMs the wall clock, milliseconds since the epoch: the demo's time ends a little before it
 * @param elapsedNanos any clock that only goes forward, for how long things took
 */
public record DemoOptions(
        WeirConfig config,
        EngineStarter engine,
        boolean keep,
        PrintStream out,
        LongSupplier clockMs,
        LongSupplier elapsedNanos) {
    /** The demo's topics, group, state and secret have this name before them. */
    public static final String NAMESPACE = "demo";

    private static final String POLL = "streams.poll.ms";

    /** The configuration of the demo's engine, once the broker has its ports. */
    WeirConfig engineConfig(String bootstrapServers, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put(CommonSettings.NAMESPACE, NAMESPACE);
        settings.put(CommonSettings.BOOTSTRAP_SERVERS, bootstrapServers);
        settings.put(BrokerSettings.PORT, Integer.toString(port));
        settings.put(BrokerSettings.CONTROLLER_PORT, Integer.toString(controllerPort));
        // Event time runs through five weeks in a minute.
        settings.put(EngineSettings.RETENTION_BY_RECORD_TIME, "false");
        // The lock-step waits for every commit: one that is not asked for by the operator comes sooner than at a site.
        if (config.commitIntervalMs() == WeirConfig.of(Map.of()).commitIntervalMs()) {
            settings.put(EngineSettings.COMMIT_INTERVAL_MS, "40");
        }
        if (!config.passThrough(PassThrough.STREAMS).containsKey("poll.ms")) {
            settings.put(POLL, "20");
        }
        return config.with(settings);
    }
}
