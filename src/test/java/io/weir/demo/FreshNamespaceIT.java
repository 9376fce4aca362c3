package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.broker.EmbeddedBroker;
import io.weir.config.CommonSettings;
import io.weir.config.SiteSecret;
import io.weir.config.TopicName;
import io.weir.config.WeirConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FreshNamespaceIT {
    @TempDir
    Path dir;

    @Test
    void nothingOfTheLastRunIsLeftAndNothingElseIsTouched() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Options.in(dir));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            WeirConfig config = config(broker);
            FreshNamespace namespace = new FreshNamespace(config);
            namespace.make();
            byte[] secret = SiteSecret.read(config.siteSecretFile()).bytes();

            TopicPartition used = new TopicPartition(TopicName.CONNECTIONS.in("demo"), 0);
            admin.createTopics(List.of(
                            new NewTopic("demo.weir-engine-senders-changelog", 4, (short) 1),
                            new NewTopic(TopicName.CONNECTIONS.baseName(), 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            write(broker, used.topic());
            admin.alterConsumerGroupOffsets(config.applicationId(), Map.of(used, new OffsetAndMetadata(1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            Path state = Files.createDirectories(config.stateDirectory().resolve("weir-engine/0_0"));
            Files.writeString(state.resolve("CURRENT"), "old");
            Path other = Files.createDirectories(dir.resolve("state/0_0"));

            namespace.make();

            assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS))
                    .contains(TopicName.CONNECTIONS.baseName(), used.topic(), TopicName.VERDICTS.in("demo"))
                    .doesNotContain("demo.weir-engine-senders-changelog");
            assertThat(admin.listOffsets(Map.of(used, OffsetSpec.latest()))
                            .partitionResult(used)
                            .get(20, TimeUnit.SECONDS)
                            .offset())
                    .isZero();
            assertThat(admin.listGroups().valid().get(20, TimeUnit.SECONDS)).isEmpty();
            assertThat(config.stateDirectory()).doesNotExist();
            assertThat(other).exists();
            assertThat(SiteSecret.read(config.siteSecretFile()).bytes()).isEqualTo(secret);
            assertThat(Files.getPosixFilePermissions(config.siteSecretFile()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    private WeirConfig config(EmbeddedBroker broker) {
        return WeirConfig.of(Map.of(
                CommonSettings.NAMESPACE, "demo",
                CommonSettings.DATA_DIR, dir.toString(),
                CommonSettings.BOOTSTRAP_SERVERS, broker.bootstrapServers()));
    }

    private static void write(EmbeddedBroker broker, String topic) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, new byte[0], new byte[0]))
                    .get(20, TimeUnit.SECONDS);
        }
    }
}
