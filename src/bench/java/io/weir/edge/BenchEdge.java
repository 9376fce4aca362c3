package io.weir.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.EdgeSettings;
import io.weir.edge.policy.PolicyOptions;
import io.weir.edge.policy.PolicyServer;
import io.weir.model.Networks;
import io.weir.throttle.BrakeCount;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An edge without Kafka: the policy server, the decision, and the events into a spool on disk. */
public final class BenchEdge implements AutoCloseable {
    private static final long SPOOL_BYTES = 1L << 30;
    private static final int MOST_CONNECTIONS = 1_000;
    private static final int IDLE_SECONDS = 1_000;

    private final EventRecorder recorder;
    private final PolicyServer server;
    private volatile @Nullable EventSpool spool;

    /** @param directory where the spool shall be */
    public BenchEdge(Path directory, VerdictTable table) {
        MeterRegistry registry = new SimpleMeterRegistry();
        EdgeMeters meters = new EdgeMeters(registry);
        recorder = new EventRecorder(() -> opened(directory), meters);
        // A brake that never acts: what is throttled stays so for the whole run.
        Brake brake = brake(directory);
        EdgeKnowledge knowledge = knowledge(table, brake);
        EdgeService service = new EdgeService(
                new EdgeService.Parts(
                        "bench",
                        Networks.parse(""),
                        knowledge,
                        new byte[32],
                        new ReplyTemplate(EdgeSettings.DEFAULT_REPLY, ""),
                        brake,
                        meters,
                        atMs -> {}),
                recorder::record,
                System::currentTimeMillis);
        server = PolicyServer.listen(
                new PolicyOptions("127.0.0.1", Optional.of(0), Optional.empty(), "", MOST_CONNECTIONS, IDLE_SECONDS),
                service,
                registry);
        recorder.start();
    }

    private static Brake brake(Path directory) {
        return new Brake(new Brake.Options(new BrakeCount.Limits(1, 1, Integer.MAX_VALUE), directory.resolve("brake")));
    }

    private static EdgeKnowledge knowledge(VerdictTable table, Brake brake) {
        EdgeKnowledge knowledge = new EdgeKnowledge(
                table, new OverrideTable(System::currentTimeMillis), new ConnectorTable(), new RulesTable(), brake);
        knowledge.show();
        return knowledge;
    }

    private EventSpool opened(Path directory) {
        EventSpool opened = EventSpool.open(directory.resolve("spool"), SPOOL_BYTES, System.currentTimeMillis());
        spool = opened;
        return opened;
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        recorder.close();
        EventSpool open = spool;
        if (open != null) {
            open.close();
        }
    }

    /** Follows the topics into the table as an edge does. */
    public static final class Follower implements AutoCloseable {
        private final KnowledgeFollower follower;

        public Follower(String bootstrapServers, String namespace, VerdictTable table) {
            follower = new KnowledgeFollower(
                    Map.of("bootstrap.servers", bootstrapServers),
                    namespace,
                    knowledge(table, brake(Path.of("never-written"))),
                    System::currentTimeMillis);
            follower.start();
        }

        /** Whether it has read all that there was. */
        public boolean isEnforcing() {
            return follower.state() == EdgeState.ENFORCING;
        }

        @Override
        public void close() {
            follower.close();
        }
    }
}
