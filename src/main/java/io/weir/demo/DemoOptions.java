package io.weir.demo;

import io.weir.config.BrokerSettings;
import io.weir.config.CommonSettings;
import io.weir.config.EngineSettings;
import io.weir.config.WeirConfig;
import java.io.PrintStream;
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

    /** The configuration of the demo's engine, once the broker has its ports. */
    WeirConfig engineConfig(String bootstrapServers, int port, int controllerPort) {
        return config.with(Map.of(
                CommonSettings.NAMESPACE,
                NAMESPACE,
                CommonSettings.BOOTSTRAP_SERVERS,
                bootstrapServers,
                BrokerSettings.PORT,
                Integer.toString(port),
                BrokerSettings.CONTROLLER_PORT,
                Integer.toString(controllerPort),
                // Event time runs through five weeks in a minute.
                EngineSettings.RETENTION_BY_RECORD_TIME,
                "false"));
    }
}
