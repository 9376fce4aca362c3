package io.weir.engine;

import static io.weir.engine.TestEvents.NOON;
import static io.weir.engine.TestEvents.admitted;
import static io.weir.engine.TestEvents.sender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.broker.EmbeddedBroker;
import io.weir.config.SiteSecret;
import io.weir.config.WeirConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an engine begins and ends, as those see it who run it. */
@Timeout(240)
class EngineEndIT {
    @TempDir
    static Path brokerDir;

    @TempDir
    Path dir;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(brokerDir));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void stateThatCannotBeReadStopsTheEngineWithAReasonAndCountsNothing() throws Exception {
        try (EngineBed bed = new EngineBed(broker, "damaged", dir, 1)) {
            WeirConfig config = bed.config(Map.of());
            bed.engine(Map.of()).close();
            putState(config, sender("203.0.113.7").bytes(), new byte[] {99, 1, 2});
            // Another directory: this engine restores all it has from the changelog.
            try (WeirEngine engine =
                    bed.engine(Map.of("engine.state.dir", dir.resolve("anew").toString()))) {
                bed.send(admitted("203.0.113.7", NOON, 1));

                assertThat(engine.awaitEnd(EngineBed.PATIENCE)).isTrue();
                assertThat(engine.state()).isEqualTo(EngineState.FAILED);
                assertThat(engine.failure())
                        .hasValueSatisfying(reason -> assertThat(reason)
                                .startsWith("StateFormatException: the stored sender has format version 99")
                                .doesNotContain("\n"));
            }
            assertThat(bed.lag(config)).isEqualTo(1);
            assertThat(bed.read(bed.topics().deadLetters())).isEmpty();
        }
    }

    @Test
    void underTheStreamsProtocolStandbysAreSetForTheGroup() throws Exception {
        try (EngineBed bed = new EngineBed(broker, "standby", dir, 1);
                WeirEngine engine =
                        bed.engine(Map.of("engine.group.protocol", "streams", "engine.standby.replicas", "1"))) {
            assertThat(engine.state()).isEqualTo(EngineState.READY);
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, "standby.weir-engine");
            String set = bed.admin()
                    .describeConfigs(List.of(group))
                    .all()
                    .get(10, TimeUnit.SECONDS)
                    .get(group)
                    .get("streams.num.standby.replicas")
                    .value();
            assertThat(set).isEqualTo("1");
        }
    }

    @Test
    void aHandfulOfKafkaStreamsMetersIsThereAndNotAThousand() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (EngineBed bed = new EngineBed(broker, "meters", dir, 2)) {
            WeirConfig config = bed.config(Map.of());
            try (WeirEngine engine = new WeirEngine(
                    config, SiteSecret.readOrCreate(config.siteSecretFile()), registry, System::currentTimeMillis)) {
                engine.start();
                assertThat(engine.awaitReady(EngineBed.PATIENCE)).isTrue();
                Awaitility.await()
                        .atMost(EngineBed.PATIENCE)
                        .untilAsserted(() -> assertThat(registry.getMeters())
                                .extracting(Meter::getId)
                                .extracting(Meter.Id::getName)
                                .containsAll(StreamsMeters.ALLOWED));
                assertThat(registry.getMeters()).hasSizeLessThan(120);
            }
        }
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        WeirConfig config = WeirConfig.of(Map.of("bootstrap.servers", "127.0.0.1:" + port, "data.dir", dir.toString()));
        try (WeirEngine engine = EngineBed.unstarted(config)) {
            assertThatThrownBy(engine::start)
                    .isInstanceOf(EngineException.class)
                    .hasMessage(
                            "cannot read the topic smtp-connections at 127.0.0.1:" + port + ": no answer within 10 s");
        }
    }

    @Test
    void whoWaitsForAClosedEngineIsLetGo() throws Exception {
        try (EngineBed bed = new EngineBed(broker, "closed", dir, 1)) {
            WeirEngine engine = bed.engine(Map.of());
            assertThat(engine.awaitEnd(Duration.ofMillis(10))).isFalse();
            engine.close();
            engine.close();

            assertThat(engine.awaitEnd(Duration.ofSeconds(1))).isTrue();
            assertThat(engine.awaitReady(Duration.ofSeconds(1))).isFalse();
            assertThat(engine.state()).isEqualTo(EngineState.CLOSED);
            assertThat(engine.failure()).isEmpty();
        }
    }

    private static void putState(WeirConfig config, byte[] key, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            String changelog = config.applicationId() + "-" + StoreNames.SENDERS + "-changelog";
            producer.send(new ProducerRecord<>(changelog, key, value)).get(20, TimeUnit.SECONDS);
        }
    }
}
