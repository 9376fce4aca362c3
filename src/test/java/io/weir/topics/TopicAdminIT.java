package io.weir.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.TopicName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TopicAdminIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    static Path dir;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir));
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void appliedTwiceTheSecondChangesNothing() {
        List<TopicSpec> wanted = wanted(TopicOptions.embedded("twice", 4));
        try (TopicAdmin topics = topics()) {
            assertThat(topics.diff(wanted).creates()).isEqualTo(wanted);
            assertThat(topics.apply(wanted).creates()).isEqualTo(wanted);
            assertThat(topics.diff(wanted).steps()).isEmpty();
            assertThat(topics.apply(wanted).steps()).isEmpty();
        }
    }

    @Test
    void namespacesLiveSideBySide() {
        try (TopicAdmin topics = topics()) {
            topics.apply(wanted(TopicOptions.embedded("left", 1)));
            topics.apply(wanted(TopicOptions.embedded("right", 2).withHistory(true)));
            assertThat(topics.diff(wanted(TopicOptions.embedded("left", 1))).steps())
                    .isEmpty();
            assertThat(topics.diff(wanted(TopicOptions.embedded("right", 2).withHistory(true)))
                            .steps())
                    .isEmpty();
        }
    }

    @Test
    void anAlteredSettingIsFoundAndPutRight() throws Exception {
        List<TopicSpec> wanted = wanted(TopicOptions.embedded("altered", 1));
        String topic = TopicName.VERDICTS.in("altered");
        try (TopicAdmin topics = topics()) {
            topics.apply(wanted);
            set(topic, "delete.retention.ms", "1000");
            set(topic, "segment.bytes", "1048576");
            TopicPlan plan = topics.apply(wanted);
            assertThat(plan.steps())
                    .containsExactly(new TopicPlan.Alter(topic, "delete.retention.ms", "1000", "604800000"));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(topics.diff(wanted).steps()).isEmpty());
        }
    }

    @Test
    void anotherNumberOfPartitionsIsRefusedBeforeAnythingIsChanged() throws Exception {
        String topic = TopicName.VERDICTS.in("mismatch");
        try (TopicAdmin topics = topics()) {
            topics.apply(wanted(TopicOptions.embedded("mismatch", 2)));
            set(topic, "delete.retention.ms", "1000");
            List<TopicSpec> more = wanted(TopicOptions.embedded("mismatch", 3));
            assertThatThrownBy(() -> topics.apply(more))
                    .isInstanceOf(TopicException.class)
                    .hasMessageStartingWith(
                            "nothing was changed: refuse mismatch.smtp-connections: it has 2 partitions and"
                                    + " should have 3;")
                    .hasMessageContaining("refuse mismatch.smtp-verdicts");
            assertThat(topics.diff(more).alters()).containsOnlyKeys(topic);
        }
    }

    @Test
    void whatTheBrokerRefusesIsSaidInOneLine() {
        List<TopicSpec> three = wanted(new TopicOptions("refused", OptionalInt.of(1), OptionalInt.of(3), false));
        try (TopicAdmin topics = topics()) {
            assertThatThrownBy(() -> topics.apply(three))
                    .isInstanceOf(TopicException.class)
                    .hasMessageStartingWith(
                            "Kafka at " + broker.bootstrapServers() + " refused to create refused.smtp-")
                    .hasMessageContaining("replication factor")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aBrokerThatIsNotThereIsNamedInBoundedTime() throws IOException {
        int port = freePort();
        long start = System.nanoTime();
        try (TopicAdmin topics =
                new TopicAdmin(Map.of("bootstrap.servers", "127.0.0.1:" + port), Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> topics.diff(wanted(TopicOptions.inNamespace(""))))
                    .isInstanceOf(TopicException.class)
                    .hasMessage("Kafka at 127.0.0.1:" + port
                            + " did not answer within 2 s; is it running, and is bootstrap.servers right?");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void aNameThatIsNoHostIsNamed() {
        assertThatThrownBy(() -> {
                    try (TopicAdmin topics =
                            new TopicAdmin(Map.of("bootstrap.servers", "kafka.invalid:9092"), Duration.ofSeconds(2))) {
                        topics.diff(wanted(TopicOptions.inNamespace("")));
                    }
                })
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("Kafka at kafka.invalid:9092");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static List<TopicSpec> wanted(TopicOptions options) {
        return options.apply(TopicFiles.onClasspath().read());
    }

    private static TopicAdmin topics() {
        return new TopicAdmin(Map.of("bootstrap.servers", broker.bootstrapServers()), TIMEOUT);
    }

    /** A broker shows a changed setting a moment after it has taken it: returns when it does. */
    private static void set(String topic, String key, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(
                            resource,
                            List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(admin.describeConfigs(List.of(resource))
                                    .all()
                                    .get(20, TimeUnit.SECONDS)
                                    .get(resource)
                                    .get(key)
                                    .value())
                            .isEqualTo(value));
        }
    }
}
