package io.weir.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.config.HttpSettings;
import io.weir.engine.EngineState;
import io.weir.engine.Queries;
import io.weir.explain.Site;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP port. It asks nobody for a password, so it listens where only this machine reaches it unless told otherwise.
 *
 * <p>It listens before there is an engine, since the engine's membership in its group names the port; until then it is alive and not ready.
 */
public final class WeirServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WeirServer.class);

    /** An answer takes a millisecond or so; connections beyond theirs wait to be accepted. */
    private static final int MOST_THREADS = 16;

    private static final int LEAST_THREADS = 4;
    private static final int MOST_CONNECTIONS = 256;
    private static final int IDLE_MS = 30_000;
    private static final int MOST_HEADER_BYTES = 8 * 1024;
    /** Every question is in the path. */
    private static final long MOST_BODY_BYTES = 1024;

    private static final String SCRAPE_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final Options options;
    private final PrometheusMeterRegistry registry;
    private final Javalin javalin;
    private final EdgeRoutes edgeRoutes = new EdgeRoutes();
    private final HelpRoutes helpRoutes = new HelpRoutes(() -> System.nanoTime() / 1_000_000);
    private volatile Handler senders = SenderRoute::starting;
    private volatile Handler networks = SenderRoute::starting;
    private volatile @Nullable Supplier<Health> engine;
    private volatile Supplier<Health> health = () -> Health.of(EngineState.STARTING);

    /**
     * @param port 0 for any free one
     * @param remote whether other machines may reach it
     */
    public record Options(String host, int port, boolean remote) {}

    /**
     * Listens, without an engine as yet.
     *
     * @throws HttpServerException when it may not or cannot
     */
    public static WeirServer listen(Options options, PrometheusMeterRegistry registry) {
        requireAllowed(options);
        WeirServer server = new WeirServer(options, registry);
        try {
            server.javalin.start();
            return server;
        } catch (JavalinBindException e) {
            throw new HttpServerException(
                    "port " + options.port() + " on " + options.host() + " is in use or not ours to listen on; set "
                            + HttpSettings.PORT + " to another port, or to 0 to choose a free one",
                    e);
        }
    }

    private WeirServer(Options options, PrometheusMeterRegistry registry) {
        this.options = options;
        this.registry = registry;
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * From now on it answers for an engine.
     *
     * @param asOf the moment at which a sender is looked at, from the greatest event time that its partition has seen; the time of day
     *     where events are of today
     */
    public void serve(Supplier<EngineState> state, Queries queries, LongUnaryOperator asOf) {
        senders = new SenderRoute(queries, asOf);
        networks = new NetworkRoute(queries, asOf);
        helpRoutes.serve(new Cases(queries, asOf, Cases.Others.NONE));
        engine = () -> Health.of(state.get());
        health = engine;
    }

    /** By what help pages tell the site's own replies from others'. */
    public void explainFor(Site site) {
        helpRoutes.of(site);
    }

    /** From now on its health is an edge's, beside the engine's when it serves one already. */
    public void serveEdge(Supplier<Health> edge, EdgeAdmin admin) {
        edgeRoutes.serve(admin);
        Supplier<Health> other = engine;
        health = other == null ? edge : () -> other.get().and(edge.get());
    }

    /** The port in use. */
    public int port() {
        return javalin.port();
    }

    /** {@code HOST:PORT}, as it stands in a URL. */
    public String address() {
        String host = options.host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    /**
     * To be asked by who would rather not begin than listen where it must not.
     *
     * @throws HttpServerException when the options let other machines in without saying so, or name no address of this one
     */
    public static void requireAllowed(Options options) {
        try {
            if (!InetAddress.getByName(options.host()).isLoopbackAddress() && !options.remote()) {
                throw new HttpServerException(HttpSettings.HOST + " = " + options.host()
                        + " can be reached from other machines, and this port asks nobody for a password; set "
                        + HttpSettings.REMOTE + " to true to allow that, or " + HttpSettings.HOST + " to 127.0.0.1");
            }
        } catch (UnknownHostException e) {
            throw new HttpServerException(
                    HttpSettings.HOST + " = " + options.host() + " is not an address of this machine", e);
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = MOST_BODY_BYTES;
        config.http.prefer405over404 = true;
        config.jetty.host = options.host();
        config.jetty.port = options.port();
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, IDLE_MS);
        threads.setName("http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server)));
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(MOST_HEADER_BYTES);
            http.setIdleTimeout(IDLE_MS);
        });
        routes(config);
    }

    private void routes(JavalinConfig config) {
        config.routes.get("/v1/senders/{address}", response -> senders.handle(response));
        config.routes.get("/v1/networks/{address}/{bits}", response -> networks.handle(response));
        edgeRoutes.addTo(config);
        helpRoutes.addTo(config);
        config.routes.get("/health/live", this::live);
        config.routes.get("/health/ready", this::ready);
        config.routes.get(
                "/metrics", response -> response.contentType(SCRAPE_FORMAT).result(registry.scrape()));
        config.routes.exception(HttpResponseException.class, (e, response) -> refused(e, response));
        config.routes.exception(Exception.class, (e, response) -> failed(e, response));
    }

    private void live(Context response) {
        Health now = health.get();
        answer(response, now.live(), now);
    }

    private void ready(Context response) {
        Health now = health.get();
        answer(response, now.ready(), now);
    }

    private static void answer(Context response, boolean good, Health now) {
        response.status(good ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType("application/json")
                .result(now.json());
    }

    private static void refused(HttpResponseException e, Context response) {
        HttpStatus status = HttpStatus.forStatus(e.getStatus());
        String detail = switch (status) {
            case NOT_FOUND ->
                "there is no " + response.path()
                        + "; there are /v1/senders/ADDRESS, /v1/networks/ADDRESS/BITS, /v1/explain, /v1/edge, /v1/edge/probe, /help, /health/live, /health/ready and /metrics";
            case METHOD_NOT_ALLOWED ->
                "only GET is answered here, POST at /help and /v1/explain, and DELETE at /v1/edge/brake";
            default -> String.valueOf(e.getMessage());
        };
        new Problem(status, detail).writeTo(response);
    }

    /** What went wrong is ours to know, not the asker's. */
    private static void failed(Exception e, Context response) {
        log.warn("no answer to {}", response.path(), e);
        new Problem(HttpStatus.INTERNAL_SERVER_ERROR, "the answer failed; the log of the engine says why")
                .writeTo(response);
    }
}
