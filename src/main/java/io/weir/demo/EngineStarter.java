package io.weir.demo;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import io.weir.engine.WeirEngine;
import java.util.function.LongSupplier;

/** Starts the demo's engine, alone or with what its caller wants to have beside it, such as a port for queries. */
@FunctionalInterface
public interface EngineStarter {
    /** An engine that has been started. */
    interface Running extends AutoCloseable {
        WeirEngine engine();

        @Override
        void close();
    }

    /** Returns without waiting until the engine is ready. */
    Running start(WeirConfig config, SiteSecret secret);

    /** Just the engine. */
    static EngineStarter alone(LongSupplier clockMs) {
        return (config, secret) -> {
            WeirEngine engine = new WeirEngine(config, secret, new SimpleMeterRegistry(), clockMs);
            engine.start();
            return new Running() {
                @Override
                public WeirEngine engine() {
                    return engine;
                }

                @Override
                public void close() {
                    engine.close();
                }
            };
        };
    }
}
