package io.weir.broker;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this process, for {@code weir up}, {@code weir demo} and the integration tests. Its data survives a restart; it
 * listens on loopback only, because it asks nobody for a password.
 *
 * <p>The parts are put together as Kafka's own {@code KafkaRaftServer} does, except that a fault is kept and reported here, where Kafka's
 * would end the whole process, and that the sockets are bound beforehand.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

    private static final Duration BROKER_SHUTDOWN = Duration.ofSeconds(10);
    private static final Duration WHOLE_SHUTDOWN = Duration.ofSeconds(30);

    private final Options options;
    private final String clusterId;
    private final DirectoryLock lock;
    private final LoopbackListeners listeners;
    private final BrokerFaults faults = new BrokerFaults();
    private final ControllerServer controller;
    private final BrokerServer broker;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * @param dataDir everything the broker keeps
     * @param port where clients connect; 0 chooses a free port
     * @param controllerPort where the broker finds its own controller; 0 chooses a free port
     * @param overrides further broker properties, which win over ours
     */
    public record Options(Path dataDir, int port, int controllerPort, Map<String, String> overrides) {
        public Options {
            dataDir = dataDir.toAbsolutePath().normalize();
            overrides = Map.copyOf(overrides);
        }

        /** Free ports, no overrides: what a test wants. */
        public static Options in(Path dataDir) {
            return new Options(dataDir, 0, 0, Map.of());
        }
    }

    /** Returns when the broker serves clients. */
    public static EmbeddedBroker start(Options options) {
        DirectoryLock lock = DirectoryLock.acquire(options.dataDir());
        try {
            LoopbackListeners listeners = LoopbackListeners.bind(options.port(), options.controllerPort());
            try {
                return new EmbeddedBroker(options, lock, listeners);
            } catch (Throwable t) {
                listeners.close();
                throw t;
            }
        } catch (Throwable t) {
            lock.close();
            throw t;
        }
    }

    private EmbeddedBroker(Options asked, DirectoryLock lock, LoopbackListeners listeners) {
        this.lock = lock;
        this.listeners = listeners;
        this.options = new Options(
                asked.dataDir(),
                listeners.port(LoopbackListeners.CLIENT),
                listeners.port(LoopbackListeners.CONTROLLER),
                asked.overrides());
        Path logDir = options.dataDir().resolve("kafka");
        Map<String, String> properties = BrokerProperties.of(logDir, listeners, options.overrides());
        format(logDir);
        KafkaConfig config = config(properties);

        var stored = KafkaRaftServer.initializeLogDirs(config, log, "");
        this.clusterId = stored._1().clusterId().orElseThrow();
        SharedServer shared = new SharedServer(
                config,
                stored._1(),
                Time.SYSTEM,
                new Metrics(),
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                List.of(),
                faults,
                listeners);
        this.controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2());
        this.broker = new BrokerServer(shared);
        try {
            // The controller first: the broker registers with it.
            controller.startup();
            broker.startup();
        } catch (Throwable t) {
            stop();
            throw new EmbeddedBrokerException("the broker in " + options.dataDir() + " did not start: " + t, t);
        }
        log.info("broker listens on {}, data in {}", bootstrapServers(), options.dataDir());
    }

    public String bootstrapServers() {
        return LoopbackListeners.HOST + ":" + options.port();
    }

    public int port() {
        return options.port();
    }

    /** The options with the ports in use filled in: starting with these again is a restart as clients see it. */
    public Options options() {
        return options;
    }

    public String clusterId() {
        return clusterId;
    }

    /** The fault that stopped the broker or its controller, if any: the process should then end, as Kafka's own would. */
    public Optional<Throwable> failure() {
        return faults.fatal();
    }

    /** Orderly, and over after {@link #WHOLE_SHUTDOWN} at most; data is then as safe as after a crash. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Thread stopping = new Thread(this::stop, "embedded-broker-close");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(WHOLE_SHUTDOWN.toMillis());
            if (stopping.isAlive()) {
                log.error("broker did not stop within {} s", WHOLE_SHUTDOWN.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.close();
            lock.close();
        }
    }

    private void stop() {
        // The broker first: it hands its leaderships back to the controller.
        quietly("broker", () -> broker.shutdown(BROKER_SHUTDOWN));
        quietly("controller", controller::shutdown);
    }

    private static void quietly(String part, Runnable shutdown) {
        try {
            shutdown.run();
        } catch (RuntimeException e) {
            log.warn("stopping the {}", part, e);
        }
    }

    private static KafkaConfig config(Map<String, String> properties) {
        try {
            return new KafkaConfig(properties, false);
        } catch (RuntimeException e) {
            throw new EmbeddedBrokerException("bad broker setting: " + e.getMessage(), e);
        }
    }

    /** Writes the cluster's identity into an empty directory, once; Kafka refuses to start without. */
    private static void format(Path logDir) {
        if (Files.exists(logDir.resolve("meta.properties"))) {
            return;
        }
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        try {
            Files.createDirectories(logDir);
            new Formatter()
                    .setPrintStream(new PrintStream(report, true, StandardCharsets.UTF_8))
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(LoopbackListeners.CONTROLLER)
                    .setMetadataLogDirectory(logDir.toString())
                    .setDirectories(List.of(logDir.toString()))
                    .run();
        } catch (Exception e) {
            throw new EmbeddedBrokerException(
                    "the broker's data directory " + logDir + " cannot be formatted: " + e, e);
        }
        log.debug("{}", report);
    }
}
