package io.weir.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.TopicName;
import io.weir.topics.TopicFiles;
import io.weir.topics.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code deploy/retention.md} says of topics what their files say. */
class RetentionTest {
    @Test
    void whatTheTableSaysOfTopicsIsWhatTheirFilesSay() throws IOException {
        String table = Files.readString(Path.of("deploy", "retention.md"));
        Map<TopicName, TopicSpec> topics = TopicFiles.onClasspath().read();
        for (TopicName topic : new TopicName[] {TopicName.CONNECTIONS, TopicName.DEAD_LETTERS, TopicName.CHANGES}) {
            String row = table.lines()
                    .filter(line -> line.startsWith("| `" + topic.baseName() + "` |"))
                    .findFirst()
                    .orElseThrow();
            long days = Duration.ofMillis(
                            Long.parseLong(topics.get(topic).config().get("retention.ms")))
                    .toDays();
            assertThat(row).contains("| " + days + " days |");
        }
        for (TopicName topic : new TopicName[] {TopicName.VERDICTS, TopicName.OVERRIDES, TopicName.CONNECTORS}) {
            assertThat(topics.get(topic).config().get("delete.retention.ms"))
                    .isEqualTo(Long.toString(Duration.ofDays(7).toMillis()));
        }
    }
}
