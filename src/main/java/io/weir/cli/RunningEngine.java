package io.weir.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.config.HttpSettings;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import io.weir.demo.EngineStarter;
import io.weir.engine.WeirEngine;
import io.weir.explain.Site;
import io.weir.http.WeirServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** An engine of this process with its HTTP port. */
final class RunningEngine implements EngineStarter.Running {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final WeirServer server;
    private final PrometheusMeterRegistry registry;
    private final WeirEngine engine;

    private RunningEngine(WeirServer server, PrometheusMeterRegistry registry, WeirEngine engine) {
        this.server = server;
        this.registry = registry;
        this.engine = engine;
    }

    /** Listens, then joins the group: other engines are told the port in use. Returns before the engine is ready. */
    static RunningEngine start(WeirConfig config, SiteSecret secret, Clock clock) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        WeirServer server = WeirServer.listen(
                new WeirServer.Options(config.httpHost(), config.httpPort(), config.isHttpRemote()), registry);
        server.explainFor(Site.of(config.helpHosts(), config.helpUrl().orElse(null)));
        try {
            WeirConfig advertised = config.with(Map.of(HttpSettings.ADVERTISED, advertised(config, server)));
            WeirEngine engine = new WeirEngine(advertised, secret, registry, clock::millis);
            // After the engine's, whose registry wants its filters before any meter.
            process(registry);
            engine.start();
            // Looked at from now, the past of a namespace of history would be long forgotten.
            server.serve(
                    engine::state,
                    engine.queries(),
                    newestMs -> config.retentionByRecordTime() ? clock.millis() : newestMs);
            return new RunningEngine(server, registry, engine);
        } catch (Throwable t) {
            server.close();
            throw t;
        }
    }

    private static void process(MeterRegistry registry) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /** Where the meters of this process are. */
    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Health is the edge's as well from now on. */
    void with(RunningEdge edge) {
        server.serveEdge(edge::health, edge);
    }

    /** {@code HOST:PORT} of the HTTP port. */
    String address() {
        return server.address();
    }

    @Override
    public WeirEngine engine() {
        return engine;
    }

    /**
     * Waits until the engine judges.
     *
     * @param isOver whether to stop waiting
     * @return false when it was over first
     * @throws CommandException when the engine failed
     */
    boolean awaitReady(BooleanSupplier isOver) throws InterruptedException {
        while (!engine.awaitReady(LOOK)) {
            requireAlive();
            if (isOver.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    /** @throws CommandException when the engine has failed */
    void requireAlive() {
        engine.failure().ifPresent(why -> {
            throw CommandException.failed("the engine stopped: " + why + "; its log says more");
        });
    }

    /** The engine first: whoever asks meanwhile is told that it is closing. */
    @Override
    public void close() {
        engine.close();
        server.close();
    }

    private static String advertised(WeirConfig config, WeirServer server) {
        return config.httpAdvertised()
                .orElseGet(() -> isWildcard(config.httpHost()) ? hostName() + ":" + server.port() : server.address());
    }

    private static boolean isWildcard(String host) {
        try {
            return InetAddress.getByName(host).isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
