package io.weir.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.TopicName;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFilesTest {
    private static final long DAY_MS = 86_400_000;

    @TempDir
    Path dir;

    private final Map<TopicName, TopicSpec> files = TopicFiles.onClasspath().read();

    @Test
    void everyTopicHasItsFileAndEveryFileItsTopic() throws Exception {
        List<String> expected = Arrays.stream(TopicName.values())
                .map(name -> name.baseName() + ".yaml")
                .sorted()
                .toList();
        try (Stream<Path> found = Files.list(shipped())) {
            assertThat(found.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(files).containsOnlyKeys(TopicName.values());
        files.forEach((name, spec) -> assertThat(spec.topic()).isEqualTo(name.baseName()));
    }

    @Test
    void theCurrentVersionOfStrimzisApi() throws Exception {
        for (TopicName name : TopicName.values()) {
            assertThat(Files.readString(shipped().resolve(name.baseName() + ".yaml")))
                    .contains("\napiVersion: kafka.strimzi.io/v1\n");
        }
    }

    @Test
    void connectionsAreKept42DaysAndNotTakenFromTheFuture() {
        TopicSpec spec = spec(TopicName.CONNECTIONS);
        assertThat(spec.partitions()).isEqualTo(48);
        assertThat(spec.config())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", Long.toString(42 * DAY_MS))
                .containsEntry("message.timestamp.type", "CreateTime")
                .containsEntry("message.timestamp.after.max.ms", "60000");
    }

    @Test
    void verdictsAreCompactedAndTombstonesOutliveAnOutage() {
        TopicSpec spec = spec(TopicName.VERDICTS);
        assertThat(spec.partitions()).isEqualTo(48);
        assertThat(spec.config())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("delete.retention.ms", Long.toString(7 * DAY_MS))
                .containsEntry("max.compaction.lag.ms", Long.toString(DAY_MS));
    }

    @Test
    void smallTopicsAreOnePartitionCompacted() {
        for (TopicName name : List.of(TopicName.CONNECTORS, TopicName.OVERRIDES, TopicName.RULES)) {
            assertThat(spec(name).partitions()).isEqualTo(1);
            assertThat(spec(name).config()).containsEntry("cleanup.policy", "compact");
        }
    }

    @Test
    void deadLettersAreKept14DaysAndMayBeLargerThanWhatTheyCameFrom() {
        assertThat(spec(TopicName.DEAD_LETTERS).config())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", Long.toString(14 * DAY_MS));
        assertThat(spec(TopicName.CHANGES).config())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", Long.toString(400 * DAY_MS));
        assertThat(maxMessageBytes(TopicName.DEAD_LETTERS)).isGreaterThan(maxMessageBytes(TopicName.CONNECTIONS));
    }

    @Test
    void everyTopicSurvivesTheLossOfABrokerAndBoundsItsMessages() {
        files.values().forEach(spec -> {
            assertThat(spec.replicas()).isEqualTo((short) 3);
            assertThat(spec.config())
                    .containsEntry("min.insync.replicas", "2")
                    .containsEntry("message.timestamp.type", "CreateTime")
                    .containsEntry("compression.type", "producer")
                    .containsKeys("max.message.bytes", "segment.ms");
        });
    }

    @Test
    void everySettingIsOneOfKafkas() throws Exception {
        List<String> known = Stream.of(TopicConfig.class.getFields())
                .filter(field -> field.getName().endsWith("_CONFIG"))
                .map(TopicFilesTest::value)
                .toList();
        files.values()
                .forEach(spec -> assertThat(known).containsAll(spec.config().keySet()));
    }

    @Test
    void anOperatorsOwnDirectoryIsReadAlike() throws Exception {
        copyShipped();
        assertThat(TopicFiles.in(dir).read()).isEqualTo(files);
        replace(TopicName.CONNECTIONS, "partitions: 48", "partitions: 24");
        assertThat(TopicFiles.in(dir).read().get(TopicName.CONNECTIONS))
                .extracting(TopicSpec::partitions)
                .isEqualTo(24);
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        copyShipped();
        Files.delete(dir.resolve("smtp-rules.yaml"));
        assertThatThrownBy(() -> TopicFiles.in(dir).read())
                .isInstanceOf(TopicException.class)
                .hasMessage(dir + "/smtp-rules.yaml is missing; every topic needs its file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "partitions: 48|partitions: 0|spec.partitions must be an integer from 1 to 1024, got '0'",
                "partitions: 48|partitions: many|spec.partitions must be an integer from 1 to 1024, got 'many'",
                "partitions: 48|partitions: 4.5|spec.partitions must be an integer from 1 to 1024, got '4.5'",
                "partitions: 48|# none|spec.partitions must be an integer from 1 to 1024, got ''",
                "replicas: 3|replicas: 99|spec.replicas must be an integer from 1 to 15, got '99'",
                "replicas: 3|copies: 3|spec may have [config, partitions, replicas], got copies",
                "min.insync.replicas: 2|min.insync.replicas: two|spec.config.min.insync.replicas must be an integer from 1 to 15, got 'two'",
                "kind: KafkaTopic|kind: Kafka|kind must be KafkaTopic, got 'Kafka'",
                "name: smtp-connections|name: connections|metadata.name must be smtp-connections, got 'connections'",
                "kafka.strimzi.io/v1|v1|apiVersion must begin with kafka.strimzi.io/",
                "cleanup.policy: delete|cleanup.policy: [delete]|spec.config.cleanup.policy must be a single value",
            })
    void aBadFileIsNamedWithItsField(String from, String to, String message) throws Exception {
        copyShipped();
        replace(TopicName.CONNECTIONS, from, to);
        assertThatThrownBy(() -> TopicFiles.in(dir).read())
                .isInstanceOf(TopicException.class)
                .hasMessage(dir + "/smtp-connections.yaml: " + message);
    }

    @Test
    void whatIsNotYamlOrTooLargeIsRefused() throws Exception {
        copyShipped();
        Files.writeString(dir.resolve("smtp-connections.yaml"), "a: [");
        assertThatThrownBy(() -> TopicFiles.in(dir).read())
                .hasMessageStartingWith(dir + "/smtp-connections.yaml is not YAML: ");
        Files.writeString(dir.resolve("smtp-connections.yaml"), "#".repeat(70_000));
        assertThatThrownBy(() -> TopicFiles.in(dir).read())
                .hasMessage(dir + "/smtp-connections.yaml: a topic file may have 65536 bytes");
        Files.writeString(dir.resolve("smtp-connections.yaml"), "");
        assertThatThrownBy(() -> TopicFiles.in(dir).read())
                .hasMessage(dir + "/smtp-connections.yaml: kind must be KafkaTopic, got ''");
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private int maxMessageBytes(TopicName name) {
        return Integer.parseInt(spec(name).config().get("max.message.bytes"));
    }

    private TopicSpec spec(TopicName name) {
        return files.get(name);
    }

    private void replace(TopicName name, String from, String to) throws IOException {
        Path file = dir.resolve(name.baseName() + ".yaml");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replaceFirst(Pattern.quote(from), to));
    }

    private void copyShipped() throws Exception {
        for (TopicName name : TopicName.values()) {
            String file = name.baseName() + ".yaml";
            Files.copy(shipped().resolve(file), dir.resolve(file));
        }
    }

    private static Path shipped() throws URISyntaxException {
        URL one = TopicFilesTest.class.getClassLoader().getResource("topics/smtp-connections.yaml");
        assertThat(one).isNotNull();
        return Path.of(one.toURI()).getParent();
    }
}
