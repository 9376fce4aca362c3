package io.weir.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weir.config.AccessTokens;
import io.weir.config.HttpConfig;
import io.weir.config.HttpSettings;
import io.weir.config.PeerToken;
import io.weir.config.SiteSecret;
import io.weir.engine.EngineState;
import io.weir.explain.Site;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP port. It listens where only this machine reaches it, unless it has TLS and knows tokens.
 *
 * <p>It listens before there is an engine, since the engine's membership in its group names the port; until then it is alive and not ready.
 */
public final class WeirServer implements AutoCloseable {
    /** An answer takes a millisecond or so; connections beyond theirs wait to be accepted. */
    private static final int MOST_THREADS = 24;

    private static final int LEAST_THREADS = 4;
    private static final int IDLE_MS = 30_000;
    private static final int MOST_HEADER_BYTES = 8 * 1024;
    private static final String SCRAPE_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private final Options options;
    private final PrometheusMeterRegistry registry;
    private final @Nullable TlsPort tls;
    private final Engine engine = new Engine();
    private final EdgeRoutes edgeRoutes = new EdgeRoutes();
    private final Routes routes;
    private final Javalin javalin;
    private volatile @Nullable Supplier<Health> ofEngine;
    private volatile Supplier<Health> health = () -> Health.of(EngineState.STARTING);

    /**
     * How it listens.
     *
     * @param open whether loopback needs no token
     * @param peer what the engines of a site show each other
     */
    public record Options(HttpConfig http, boolean open, AccessTokens tokens, PeerToken peer, Clock clock) {
        /**
         * As the settings say.
         *
         * @param openByDefault whether loopback needs no token where the settings do not say
         * @throws io.weir.config.WeirConfigException when the tokens' file cannot be used
         */
        public static Options of(HttpConfig http, boolean openByDefault, SiteSecret secret, Clock clock) {
            return new Options(
                    http,
                    http.open().orElse(openByDefault),
                    http.accessTokens(clock::millis),
                    PeerToken.of(secret),
                    clock);
        }
    }

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
            server.close();
            throw new HttpServerException(
                    "port " + options.http().port() + " on " + options.http().host()
                            + " is in use or not ours to listen on; set " + HttpSettings.PORT
                            + " to another port, or to 0 to choose a free one",
                    e);
        }
    }

    private WeirServer(Options options, PrometheusMeterRegistry registry) {
        this.options = options;
        this.registry = registry;
        SSLContext trust = options.http()
                .ca()
                .map(file -> Tls.client(HttpSettings.TLS_CA, file))
                .orElse(null);
        this.tls = options.http().tls().map(TlsPort::new).orElse(null);
        Peers peers = new Peers(tls != null, options.peer(), trust);
        this.routes = new Routes(engine, peers, options.clock());
        this.javalin = Javalin.create(this::configure);
    }

    /** From now on it answers for an engine. */
    public void serve(Served served) {
        engine.is(served);
        Supplier<Health> now = () -> Health.of(served.state().get());
        ofEngine = now;
        health = now;
    }

    /** By what help pages tell the site's own replies from others'. */
    public void explainFor(Site site) {
        routes.explainFor(site);
    }

    /** From now on its health is an edge's, beside the engine's when it serves one already. */
    public void serveEdge(Supplier<Health> edge, EdgeAdmin admin) {
        edgeRoutes.serve(admin);
        Supplier<Health> other = ofEngine;
        health = other == null ? edge : () -> other.get().and(edge.get());
    }

    /** The port in use. */
    public int port() {
        return javalin.port();
    }

    /** {@code HOST:PORT}, as it stands in a URL. */
    public String address() {
        String host = options.http().host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** {@code http://HOST:PORT}, or {@code https}. */
    public String url() {
        return (tls == null ? "http://" : "https://") + address();
    }

    @Override
    public void close() {
        routes.close();
        javalin.stop();
        if (tls != null) {
            tls.close();
        }
    }

    /**
     * To be asked by who would rather not begin than listen where it must not.
     *
     * @throws HttpServerException when other machines would reach it without TLS or tokens, or the host is no address of this machine
     */
    public static void requireAllowed(Options options) {
        HttpConfig http = options.http();
        if (!isRemote(http)) {
            return;
        }
        String where = HttpSettings.HOST + " = " + http.host() + " can be reached from other machines";
        String orElse = "; or set " + HttpSettings.HOST + " to 127.0.0.1";
        if (http.tls().isEmpty()) {
            throw new HttpServerException(where + ", which takes TLS: set " + HttpSettings.TLS_CERTIFICATE + " and "
                    + HttpSettings.TLS_KEY + orElse);
        }
        if (options.tokens().isEmpty()) {
            throw new HttpServerException(where + ", which takes tokens: 'weir token create' makes one, and "
                    + HttpSettings.TOKENS_FILE + " makes it known" + orElse);
        }
        if (http.open().orElse(false)) {
            throw new HttpServerException(where + ", and " + HttpSettings.OPEN + " = true is for loopback alone");
        }
    }

    private static boolean isRemote(HttpConfig http) {
        try {
            return !InetAddress.getByName(http.host()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new HttpServerException(
                    HttpSettings.HOST + " = " + http.host() + " is not an address of this machine", e);
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = Body.MOST_BYTES;
        config.http.prefer405over404 = true;
        HttpConfig http = options.http();
        config.jetty.host = http.host();
        config.jetty.port = http.port();
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, IDLE_MS);
        threads.setName("http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyServer(server -> {
            server.addBean(new NetworkConnectionLimit(http.connections(), server));
            server.setErrorHandler(new ErrorPages());
        });
        config.jetty.modifyHttpConfiguration(settings -> {
            settings.setSendServerVersion(false);
            settings.setRequestHeaderSize(MOST_HEADER_BYTES);
            settings.setIdleTimeout(IDLE_MS);
        });
        TlsPort secure = tls;
        if (secure != null) {
            config.jetty.addConnector(
                    (server, settings) -> secure.connector(server, settings, http.host(), http.port()));
        }
        Admission admission = Admission.of(options.tokens(), options.open(), options.peer(), isRemote(http));
        new Gate(admission, new RateLimit(http.requestsPerSecond(), System::nanoTime), secure != null).addTo(config);
        all().forEach(route -> add(config, route));
        new ConsoleRoutes().all().forEach(page -> add(config, page));
    }

    private static void add(JavalinConfig config, Route route) {
        config.routes.addHttpHandler(route.method(), route.path(), route.handler(), route.right());
    }

    /** Everything that is answered, but for the console's files. */
    List<Route> all() {
        List<Route> all = new ArrayList<>(routes.all());
        all.addAll(edgeRoutes.all());
        all.add(Route.get("/health/live", Right.ANYBODY, this::live));
        all.add(Route.get("/health/ready", Right.ANYBODY, this::ready));
        all.add(Route.get(
                "/metrics",
                Right.METRICS,
                response -> response.contentType(SCRAPE_FORMAT).result(registry.scrape())));
        return all;
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
        response.status(good ? 200 : 503).contentType(Json.TYPE).result(now.json());
    }
}
