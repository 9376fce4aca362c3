package io.weir.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.weir.config.EdgeSettings;
import io.weir.config.MetricName;
import io.weir.config.PassThrough;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.edge.milter.MilterServer;
import io.weir.edge.policy.PolicyOptions;
import io.weir.edge.policy.PolicyServer;
import io.weir.model.Gap;
import io.weir.throttle.AdmitRule;
import io.weir.throttle.BrakeCount;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.jspecify.annotations.Nullable;

/**
 * One edge: answers an MTA from the first moment, Kafka or not; what it knows and what it tells come and go with Kafka.
 *
 * <pre>
 *   MTA  -- policy or milter -->   EdgeService --- events ---> EventRecorder ---> EventSpool ---> EventSender ---> Kafka
 *                                       |
 *                                  VerdictTable <--- KnowledgeFollower <--- Kafka
 *
 *                              SilenceWatch --- gaps ---> GapWriter ---> Kafka
 * </pre>
 */
public final class Edge implements AutoCloseable {
    private static final int IDLE_SECONDS = 1_000;
    /** sendmail never opens a second connection for a session, and waits an hour for a client's next command. */
    private static final int MILTER_IDLE_SECONDS = 7_200;

    private static final long SWEEP_SECONDS = 10;
    private static final Duration HEAD_START = Duration.ofMillis(500);
    private static final String BRAKE_FILE = "brake";
    private static final String REFUSED_FILE = "refused-events.jsonl";
    private static final String SILENCE_FILE = "last-seen";

    private final WeirConfig config;
    private final Clock clock;
    private final EdgeMeters meters;
    private final VerdictTable table = new VerdictTable();
    private final KnowledgeFollower follower;
    private final EventRecorder recorder;
    private final Brake brake;
    private final BrakeReport brakeReport;
    private final String name;
    private final SilenceFile silence;
    private final GapWriter gaps;
    private final EdgeProbe probe;
    private final EdgeService service;
    private final PolicyServer server;
    private final MilterServer milter;
    private final Chores chores = new Chores();
    private volatile @Nullable EventSpool spool;
    private volatile @Nullable EventSender sender;
    private volatile boolean closed;

    /**
     * Listens, and answers; returns when the first question has been answered, or after half a second without one.
     *
     * @throws io.weir.edge.policy.PolicyServerException when it cannot listen
     */
    public static Edge start(WeirConfig config, SiteSecret secret, MeterRegistry registry, Clock clock) {
        return new Edge(config, secret, registry, clock);
    }

    private Edge(WeirConfig config, SiteSecret secret, MeterRegistry registry, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.meters = new EdgeMeters(registry);
        this.brake = new Brake(new Brake.Options(
                new BrakeCount.Limits(config.brakeShare(), config.brakeEstablishedShare(), config.brakeLeastAttempts()),
                beside(BRAKE_FILE)));
        this.name = name(config);
        this.brakeReport = new BrakeReport(brake, name, clock::millis);
        this.silence = new SilenceFile(beside(SILENCE_FILE));
        this.gaps = new GapWriter(client(), TopicName.CONNECTIONS.in(config.namespace()), meters);
        this.recorder = new EventRecorder(this::openSpool, meters);
        EdgeKnowledge knowledge = new EdgeKnowledge(
                table, new OverrideTable(clock::millis), new ConnectorTable(), new RulesTable(), brake);
        this.follower = new KnowledgeFollower(client(), config.namespace(), knowledge, clock::millis);
        ReplyTemplate reply =
                new ReplyTemplate(config.replyTemplate(), config.helpUrl().orElse(""), config.replyStatus());
        this.probe = new EdgeProbe(config.ownNetworks(), knowledge, new AdmitRule(secret.bytes()), reply);
        this.service = new EdgeService(
                new EdgeService.Parts(
                        name, config.ownNetworks(), knowledge, secret.bytes(), reply, brake, meters, this::seen),
                recorder::record,
                clock::millis);
        this.server = PolicyServer.listen(
                new PolicyOptions(
                        config.policyHost(),
                        config.policyPort(),
                        config.policySocket(),
                        config.policySocketGroup(),
                        config.policyConnections(),
                        IDLE_SECONDS),
                service,
                registry);
        this.milter = milter(registry);
        requireSomewhere();
        watch();
        letThemAsk();
        recorder.start();
        follower.start();
        gaps.start();
        chores.every(SWEEP_SECONDS, this::sweep);
        chores.every(1, brake::tend);
        chores.every(1, this::tellOfBrake);
    }

    private MilterServer milter(MeterRegistry registry) {
        try {
            return MilterServer.listen(
                    new PolicyOptions(
                            config.policyHost(),
                            config.milterPort(),
                            config.milterSocket(),
                            config.policySocketGroup(),
                            config.policyConnections(),
                            MILTER_IDLE_SECONDS),
                    service,
                    registry);
        } catch (Throwable t) {
            server.close();
            throw t;
        }
    }

    /**
     * The first question first: questions that waited for this edge to start wait no longer than they must, and Kafka's clients and RocksDB would take
     * the processor from them.
     */
    private void letThemAsk() {
        try {
            var unused = service.awaitQuestion(HEAD_START);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void requireSomewhere() {
        if (server.addresses().isEmpty() && milter.addresses().isEmpty()) {
            server.close();
            milter.close();
            throw new EdgeException(
                    "no mail server could ask anywhere: set " + EdgeSettings.POLICY_SOCKET + ", or "
                            + EdgeSettings.POLICY_PORT + " to a port",
                    null);
        }
    }

    private void sweep() {
        service.sweep();
        silence.save();
    }

    private void tellOfBrake() {
        EventSpool open = spool;
        if (open != null) {
            brakeReport.writeTo(open);
        }
    }

    private Path beside(String file) {
        return beside(config, file);
    }

    private static Path beside(WeirConfig config, String file) {
        return config.spoolDirectory().resolveSibling(config.namespaced(file));
    }

    static Path refusedFile(WeirConfig config) {
        return beside(config, REFUSED_FILE);
    }

    /** Mail again: the queues of an outage arrive now, and the engine must not take them for a surge. */
    private void seen(long nowMs) {
        SilenceWatch.Silence ended = silence.watch().seen(nowMs);
        if (ended != null) {
            gaps.write(new Gap(name, nowMs, ended.fromMs(), ended.toMs()));
        }
    }

    private void watch() {
        meters.watch(MetricName.EDGE_OPEN, () -> state() == EdgeState.OPEN ? 1 : 0);
        for (EdgeState one : EdgeState.values()) {
            meters.watch(MetricName.EDGE_STATE, () -> state() == one ? 1 : 0, one.label());
        }
        meters.watch(MetricName.EDGE_BLIND, () -> service.accepted().isMissing() ? 1 : 0);
        meters.watch(MetricName.EDGE_BRAKED, () -> brake.isOn() ? 1 : 0);
        meters.watch(MetricName.EDGE_VERDICTS, table::size);
        meters.watch(MetricName.EDGE_TRANSACTIONS, service::underWay);
        meters.watch(MetricName.EVENTS_WAITING, recorder::unsent);
        meters.watch(MetricName.EVENTS_UNKEPT, () -> recorder.isFailing() ? 1 : 0);
    }

    /** In the recorder's thread: an MTA is answered before the disk is ready. */
    private EventSpool openSpool() {
        EventSpool opened = EventSpool.open(config.spoolDirectory(), config.spoolBytes(), clock.millis());
        EventSender started = new EventSender(
                opened,
                new EventProducer(client(), TopicName.CONNECTIONS.in(config.namespace())),
                new RefusedEvents(refusedFile(config)),
                meters);
        spool = opened;
        sender = started;
        if (!closed) {
            started.start();
        }
        return opened;
    }

    private Map<String, Object> client() {
        return client(config);
    }

    static Map<String, Object> client(WeirConfig config) {
        Map<String, Object> settings = new HashMap<>(config.passThrough(PassThrough.KAFKA));
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put("enable.metrics.push", "false");
        return settings;
    }

    static String name(WeirConfig config) {
        return config.edgeName().orElseGet(() -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        });
    }

    /** How much of what there is to know it knows. */
    public EdgeState state() {
        return follower.state();
    }

    /** Whether the brake lets everything pass. */
    public boolean isBraked() {
        return brake.isOn();
    }

    /** Lets verdicts be obeyed again; false when the brake was not on. */
    public boolean releaseBrake() {
        return brake.release();
    }

    /** What would be decided; nothing comes of it. */
    public EdgeProbe.Result probe(EdgeProbe.Question question) {
        return probe.ask(question, clock.millis());
    }

    /** Clients of whom a verdict is known. */
    public int verdicts() {
        return table.size();
    }

    /** Whether the MTA tells of accepted messages. */
    public boolean seesEnds() {
        return service.accepted().isTold();
    }

    /** Whether messages end and the MTA has told of none: its second check is missing. */
    public boolean missesEnds() {
        return service.accepted().isMissing();
    }

    /** Events that wait on disk for Kafka. */
    public long unsent() {
        return recorder.unsent();
    }

    /** Whether what happens is kept for Kafka: false until the spool is open, and while it cannot be written. */
    public boolean keepsEvents() {
        return recorder.isKeeping();
    }

    /** Where an MTA asks, for a person. */
    public String addresses() {
        List<String> all = new ArrayList<>(server.addresses());
        milter.addresses().forEach(address -> all.add(address + " (milter)"));
        return String.join(" and ", all);
    }

    /** The policy port in use. */
    public int port() {
        return server.port();
    }

    /** The milter port in use; 0 when there is none. */
    public int milterPort() {
        return milter.port();
    }

    /** The MTA first: what it was answered is still written down. */
    @Override
    public void close() {
        closed = true;
        server.close();
        milter.close();
        chores.close();
        brake.tend();
        silence.save();
        gaps.close();
        follower.close();
        recorder.close();
        Chores.attempt(this::tellOfBrake);
        EventSender sending = sender;
        if (sending != null) {
            sending.close();
        }
        EventSpool open = spool;
        if (open != null) {
            open.close();
        }
    }
}
