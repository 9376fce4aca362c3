package io.weir.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.broker.EmbeddedBroker;
import io.weir.cli.Run;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import io.weir.edge.VerdictReader;
import io.weir.engine.WeirEngine;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.serde.EventJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker that lets nobody do anything, but for what {@code deploy/acls/} grants. */
@Timeout(180)
class AclsIT {
    private static final String ADMIN = "admin";
    private static final String ENGINE = "weir-engine";
    private static final String EDGE = "weir-edge";
    private static final String OPERATOR = "weir-operator";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path dir;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start(new EmbeddedBroker.Options(dir.resolve("broker"), 0, 0, lockedDown()));
        List<AclBinding> granted = KafkaUser.all().stream()
                .flatMap(user -> user.bindings().stream())
                .toList();
        try (Admin admin = Admin.create(client(ADMIN))) {
            admin.createAcls(granted).all().get(30, TimeUnit.SECONDS);
        }
        assertThat(weir(ADMIN, "topics", "apply", "--partitions", "2", "--replicas", "1")
                        .exitCode())
                .isZero();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private static Map<String, String> lockedDown() {
        String users = Stream.of(ADMIN, ENGINE, EDGE, OPERATOR)
                .map(user -> " user_" + user + "=\"" + user + "-password\"")
                .reduce("", String::concat);
        return Map.of(
                "listener.security.protocol.map", "CLIENT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.client.plain.sasl.jaas.config", login(ADMIN).replace(";", users + ";"),
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                // The broker and its controller talk to each other without a name.
                "super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    }

    private static String login(String user) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + user + "-password\";";
    }

    private static Map<String, Object> client(String user) {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login(user));
    }

    /** The same, as Weir's settings have it. */
    private static Map<String, String> settings(String user) {
        Map<String, String> settings = new HashMap<>();
        client(user)
                .forEach((name, value) ->
                        settings.put(name.equals("bootstrap.servers") ? name : "kafka." + name, value.toString()));
        settings.put("data.dir", dir.resolve("data").toString());
        return settings;
    }

    private static Run weir(String user, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        settings(user).forEach((name, value) -> all.addAll(List.of("-D", name + "=" + value)));
        return Run.of(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void anEdgesEventsBecomeVerdictsThatItReads(String protocol) throws Exception {
        String address = protocol.equals("classic") ? "203.0.113.7" : "198.51.100.7";
        Map<String, String> settings = settings(ENGINE);
        settings.putAll(Map.of(
                "engine.group.protocol",
                protocol,
                "engine.state.dir",
                dir.resolve(protocol).toString(),
                "streams.replication.factor",
                "1"));
        WeirConfig config = WeirConfig.of(settings);
        List<String> throttled = new ArrayList<>();
        try (WeirEngine engine = new WeirEngine(
                        config,
                        SiteSecret.readOrCreate(dir.resolve("secret")),
                        new SimpleMeterRegistry(),
                        System::currentTimeMillis);
                VerdictReader edge = new VerdictReader(
                        client(EDGE),
                        TopicName.VERDICTS.baseName(),
                        VerdictReader.From.BEGINNING,
                        Duration.ofSeconds(10),
                        (client, verdict) -> throttled.add(client))) {
            engine.start();
            assertThat(engine.awaitReady(PATIENCE)).as("%s", engine.failure()).isTrue();
            send(
                    EDGE,
                    TopicName.CONNECTIONS,
                    ClientAddress.parse(address).sender().network(),
                    event(address));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> edge.poll(Duration.ofMillis(100)) > 0 && throttled.contains(address));
            assertThat(engine.failure()).isEmpty();
        } finally {
            // The same id belongs to a group of the other protocol next.
            try (Admin admin = Admin.create(client(ADMIN))) {
                Awaitility.await()
                        .atMost(PATIENCE)
                        .ignoreExceptions()
                        .untilAsserted(() -> forget(admin, protocol, config.applicationId()));
            }
        }
    }

    private static void forget(Admin admin, String protocol, String group) throws Exception {
        List<String> groups = List.of(group);
        (protocol.equals("classic")
                        ? admin.deleteConsumerGroups(groups).all()
                        : admin.deleteStreamsGroups(groups).all())
                .get(10, TimeUnit.SECONDS);
    }

    @Test
    void anOperatorRulesAndLooks() {
        assertThat(weir(OPERATOR, "enforce", "newcomer-volume")).satisfies(AclsIT::went);
        assertThat(weir(OPERATOR, "gap", "2026-01-05T08:00:00Z", "2026-01-05T09:00:00Z"))
                .satisfies(AclsIT::went);
        assertThat(weir(OPERATOR, "rules", "show")).satisfies(AclsIT::went);
        assertThat(weir(OPERATOR, "rules", "history")).satisfies(AclsIT::went);
        assertThat(weir(OPERATOR, "verdicts")).satisfies(AclsIT::went);
        assertThat(weir(OPERATOR, "topics", "diff", "--partitions", "2", "--replicas", "1"))
                .satisfies(AclsIT::went);
    }

    private static void went(Run run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void whoIsNotAllowedIsToldSoInOneLine() {
        Run run = weir(EDGE, "enforce", "volume-surge");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("does not let this user do that", "deploy/acls/");
    }

    @Test
    void nobodyWritesWhatIsNotHis() {
        byte[] any = "{}".getBytes(StandardCharsets.UTF_8);
        for (TopicName topic : List.of(
                TopicName.VERDICTS,
                TopicName.RULES,
                TopicName.CONNECTORS,
                TopicName.OVERRIDES,
                TopicName.DEAD_LETTERS)) {
            refused(() -> send(EDGE, topic, any));
        }
        for (TopicName topic :
                List.of(TopicName.CONNECTIONS, TopicName.RULES, TopicName.CONNECTORS, TopicName.OVERRIDES)) {
            refused(() -> send(ENGINE, topic, any));
        }
        refused(() -> send(OPERATOR, TopicName.VERDICTS, any));
        refused(() -> send(OPERATOR, TopicName.DEAD_LETTERS, any));
    }

    @Test
    void anEdgeDoesNotSeeWhatOthersSaw() {
        refused(() -> read(EDGE, TopicName.CONNECTIONS));
        refused(() -> read(EDGE, TopicName.DEAD_LETTERS));
    }

    private static void refused(ThrowingCallable attempt) {
        assertThat(catchThrowable(attempt))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).isInstanceOf(TopicAuthorizationException.class),
                        thrown -> assertThat(thrown).hasRootCauseInstanceOf(TopicAuthorizationException.class));
    }

    private static void send(String user, TopicName topic, byte[] value) throws Exception {
        send(user, topic, "any", value);
    }

    private static void send(String user, TopicName topic, String key, byte[] value) throws Exception {
        Map<String, Object> settings = new HashMap<>(client(user));
        settings.put("max.block.ms", 10_000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.baseName(), key.getBytes(StandardCharsets.UTF_8), value))
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static void read(String user, TopicName topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client(user), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> first = List.of(new TopicPartition(topic.baseName(), 0));
            consumer.assign(first);
            consumer.seekToBeginning(first);
            consumer.poll(Duration.ofSeconds(10));
        }
    }

    /** Far more than a newcomer may send at once. */
    private static byte[] event(String address) {
        ClientAddress client = ClientAddress.parse(address);
        return new EventJson()
                .write(new ConnectionEvent(
                        true,
                        "mx1.example.org",
                        ConnectionEvent.NO_SEQ,
                        System.currentTimeMillis(),
                        client.text(),
                        client.sender(),
                        Outcome.ADMITTED,
                        500,
                        500,
                        0,
                        0,
                        2_000,
                        false,
                        null,
                        ConnectionEvent.Facts.NONE));
    }
}
