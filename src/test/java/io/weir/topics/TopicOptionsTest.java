package io.weir.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.config.TopicName;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TopicOptionsTest {
    private final Map<TopicName, TopicSpec> files = TopicFiles.onClasspath().read();

    @Test
    void withoutWishesTheFilesHold() {
        assertThat(TopicOptions.inNamespace("").apply(files)).containsExactlyElementsOf(files.values());
    }

    @Test
    void aNamespacePrefixesEveryTopicAndChangesNothingElse() {
        List<TopicSpec> wanted = TopicOptions.inNamespace("trial").apply(files);
        assertThat(wanted).allMatch(spec -> spec.topic().startsWith("trial.smtp-"));
        assertThat(wanted.stream().map(TopicSpec::config))
                .containsExactlyElementsOf(
                        files.values().stream().map(TopicSpec::config).toList());
        assertThat(TopicName.DEAD_LETTERS.in("trial")).isEqualTo("trial.smtp-connections-dlq");
        assertThat(TopicName.DEAD_LETTERS.in("")).isEqualTo("smtp-connections-dlq");
    }

    @Test
    void anEmbeddedBrokerHasFewPartitionsAndOneCopy() {
        for (TopicSpec spec : TopicOptions.embedded("", 4).apply(files)) {
            assertThat(spec.replicas()).isEqualTo((short) 1);
            assertThat(spec.config()).containsEntry("min.insync.replicas", "1");
        }
        assertThat(spec(TopicOptions.embedded("", 4), TopicName.CONNECTIONS).partitions())
                .isEqualTo(4);
        assertThat(spec(TopicOptions.embedded("", 4), TopicName.VERDICTS).partitions())
                .isEqualTo(4);
        assertThat(spec(TopicOptions.embedded("", 4), TopicName.RULES).partitions())
                .isEqualTo(1);
    }

    @Test
    void moreCopiesDoNotLowerWhatMustBeInSync() {
        TopicOptions five = new TopicOptions("", OptionalInt.empty(), OptionalInt.of(5), false);
        assertThat(spec(five, TopicName.CONNECTIONS).config()).containsEntry("min.insync.replicas", "2");
    }

    @Test
    void aHistoryIsKeptAndMayBeOfAnyTime() {
        String forever = Long.toString(Long.MAX_VALUE);
        TopicOptions history = TopicOptions.inNamespace("history").withHistory(true);
        assertThat(spec(history, TopicName.CONNECTIONS).config())
                .containsEntry("retention.ms", "-1")
                .containsEntry("message.timestamp.after.max.ms", forever);
        assertThat(spec(history, TopicName.DEAD_LETTERS).config()).containsEntry("retention.ms", "-1");
        assertThat(spec(history, TopicName.VERDICTS).config())
                .containsEntry("message.timestamp.after.max.ms", forever)
                .containsEntry("max.compaction.lag.ms", forever)
                .doesNotContainKey("retention.ms");
    }

    @Test
    void countsAreBounded() {
        assertThatThrownBy(() -> TopicOptions.embedded("", 0)).hasMessage("partitions must be 1 to 1024, got 0");
        assertThatThrownBy(() -> new TopicOptions("", OptionalInt.empty(), OptionalInt.of(0), false))
                .hasMessage("replicas must be 1 to 1024, got 0");
    }

    private TopicSpec spec(TopicOptions options, TopicName name) {
        return options.apply(files).stream()
                .filter(spec -> spec.topic().equals(name.in(options.namespace())))
                .findFirst()
                .orElseThrow();
    }
}
