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
import io.weir.http.Moment;
import io.weir.http.Served;
import io.weir.http.WeirServer;
import io.weir.operator.KafkaOperators;
import io.weir.operator.KafkaVerdicts;
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
    private final KafkaOperators operators;
    private final KafkaVerdicts verdicts;

    private RunningEngine(
            WeirServer server,
            PrometheusMeterRegistry registry,
            WeirEngine engine,
            KafkaOperators operators,
            KafkaVerdicts verdicts) {
        this.server = server;
        this.registry = registry;
        this.engine = engine;
        this.operators = operators;
        this.verdicts = verdicts;
    }

    /**
     * Listens, then joins the group: other engines are told the port in use. Returns before the engine is ready.
     *
     * @param open whether whoever reaches the HTTP port on loopback needs no token, where the settings do not say
     */
    static RunningEngine start(WeirConfig config, SiteSecret secret, Clock clock, boolean open) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        WeirServer server = WeirServer.listen(WeirServer.Options.of(config.http(), open, secret, clock), registry);
        server.explainFor(Site.of(config.helpHosts(), config.helpUrl().orElse(null)));
        try {
            WeirConfig advertised = config.with(Map.of(HttpSettings.ADVERTISED, advertised(config, server)));
            WeirEngine engine = new WeirEngine(advertised, secret, registry, clock::millis);
            // After the engine's, whose registry wants its filters before any meter.
            process(registry);
            engine.start();
            KafkaOperators operators = KafkaOperators.open(config);
            KafkaVerdicts verdicts = KafkaVerdicts.open(config);
            Moment moment = config.retentionByRecordTime() ? Moment.wall(clock) : Moment.ofEvents();
            server.serve(new Served(engine::state, engine.queries(), moment, operators, verdicts));
            return new RunningEngine(server, registry, engine, operators, verdicts);
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

    /** {@code http://HOST:PORT} of the HTTP port, or {@code https}. */
    String url() {
        return server.url();
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
        verdicts.close();
        operators.close();
    }

    private static String advertised(WeirConfig config, WeirServer server) {
        return config.http()
                .advertised()
                .orElseGet(
                        () -> isWildcard(config.http().host()) ? hostName() + ":" + server.port() : server.address());
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
