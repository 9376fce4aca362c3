package io.weir.http;

import io.javalin.http.Handler;
import io.weir.explain.Site;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Everything that can be asked under {@code /v1}, but for the edge's own. */
final class Routes implements AutoCloseable {
    /** Questions that wait for other engines; the other threads answer. */
    private static final int MOST_HOPS = 8;

    private final Engine engine;
    private final Peers peers;
    private final Clock clock;
    private final Semaphore hops = new Semaphore(MOST_HOPS);
    private final VerdictRoutes verdicts;
    private final BounceQuestions bounces;

    Routes(Engine engine, Peers peers, Clock clock) {
        this.engine = engine;
        this.peers = peers;
        this.clock = clock;
        this.verdicts = new VerdictRoutes(engine);
        this.bounces = new BounceQuestions(engine, new CasePeers(peers, hops));
    }

    /** By what the site is known in bounces. */
    void explainFor(Site site) {
        bounces.of(site);
    }

    List<Route> all() {
        List<Route> all = new ArrayList<>();
        ThrottledRoute throttled = new ThrottledRoute(engine, peers);
        ClusterRoute cluster = new ClusterRoute(engine, peers);
        ReasonsRoute reasons = new ReasonsRoute(engine);
        all.add(read("/v1/senders", throttled::list));
        all.add(read("/v1/senders/{address}", routed(new SenderRoute())));
        all.add(read("/v1/senders/{address}/history", routed(new SenderHistoryRoute())));
        all.add(read("/v1/senders/{address}/verdicts", routed(new SenderVerdictsRoute())));
        all.add(read("/v1/networks/{address}/{bits}", routed(new NetworkRoute())));
        all.add(read("/v1/verdicts", verdicts::list));
        all.add(read("/v1/verdicts/stream", verdicts::stream));
        all.add(read("/v1/reasons", reasons::reasons));
        all.add(read("/v1/rules", reasons::rules));
        all.add(read("/v1/cluster", cluster::cluster));
        all.add(read("/v1/changes", new ChangesRoute(engine)::list));
        overrides(all);
        connectors(all);
        all.add(Route.get("/v1/openapi.json", Right.ANYBODY, new OpenApiRoute()));
        all.addAll(new ExplainRoutes(bounces).all());
        all.addAll(new HelpRoutes(bounces, () -> System.nanoTime() / 1_000_000).all());
        all.add(Route.get(ThrottledRoute.BETWEEN_ENGINES, Right.PEER, throttled::part));
        all.add(Route.get(ClusterRoute.BETWEEN_ENGINES, Right.PEER, cluster::report));
        return all;
    }

    private void overrides(List<Route> all) {
        OverrideRoutes overrides = new OverrideRoutes(engine, clock);
        all.add(read("/v1/overrides", overrides::list));
        // A target may be a network, whose slash is one of the path's.
        for (String target : List.of("/v1/overrides/{address}", "/v1/overrides/{address}/{bits}")) {
            all.add(read(target, overrides::get));
            all.add(Route.put(target, overrides::put));
            all.add(Route.delete(target, Right.OPERATE, overrides::delete));
        }
    }

    private void connectors(List<Route> all) {
        ConnectorRoutes connectors = new ConnectorRoutes(engine, clock);
        all.add(read("/v1/connectors", connectors::list));
        all.add(read("/v1/connectors/{name}", connectors::get));
        all.add(read("/v1/connectors/{name}/validation", connectors::validate));
        all.add(Route.put("/v1/connectors/{name}", connectors::put));
        all.add(Route.delete("/v1/connectors/{name}", Right.OPERATE, connectors::delete));
    }

    private static Route read(String path, Handler handler) {
        return Route.get(path, Right.READ, handler);
    }

    private Handler routed(Question question) {
        return new Routed(engine, peers, hops, question);
    }

    @Override
    public void close() {
        verdicts.close();
    }
}
