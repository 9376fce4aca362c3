package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.GeneratedFile;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTextTest {
    @Test
    void theCommittedTableIsTheGeneratedOne() throws IOException {
        GeneratedFile.assertUpToDate(SettingsTextTest.class, "deploy/settings.md", SettingsText.markdown());
    }

    @Test
    void bothTextsNameEverySettingWithItsMeaning() {
        String plain = SettingsText.plain(WeirConfig.of(Map.of()));
        String markdown = SettingsText.markdown();
        String unwrapped = plain.replaceAll("\n {6}", " ");

        assertThat(Definitions.keys()).hasSize(51);
        Definitions.keys().values().forEach(key -> {
            assertThat(unwrapped)
                    .contains("  " + key.name + " " + key.documentation)
                    .contains(key.validator.toString());
            assertThat(markdown).contains("| `" + key.name + "` | ").contains(key.validator.toString());
            assertThat(key.documentation).as(key.name).endsWith(".").doesNotContain("|");
        });
    }

    @Test
    void aSettingIsShownLikeThis() {
        WeirConfig config = WeirConfig.load(null, Map.of(), Map.of("WEIR_ENGINE_STREAM_THREADS", "2"));
        assertThat(SettingsText.plain(config)).contains("""
                          engine.stream.threads
                              Threads that judge; more than there are partitions idle.
                              int: a whole number from 1 to 64
                              default: 1
                              in force: 2 (environment variable WEIR_ENGINE_STREAM_THREADS)
                              variable: WEIR_ENGINE_STREAM_THREADS

                        """.indent(0));
        assertThat(SettingsText.markdown())
                .contains("| `engine.stream.threads` | int | `1` | a whole number from 1 to 64 | Threads that judge;"
                        + " more than there are partitions idle. |\n")
                .contains("| `engine.state.dir` | string | `<data.dir>/state` | a path | ");
    }

    @Test
    void linesFitATerminal() {
        assertThat(SettingsText.plain(WeirConfig.of(Map.of())).lines()).allMatch(line -> line.length() <= 106);
    }

    @Test
    void passwordsOnTheirWayToKafkaAreNotShown() {
        String text = SettingsText.plain(WeirConfig.of(Map.of(
                "kafka.ssl.keystore.password", "s3cret",
                "kafka.sasl.jaas.config", "s3cret",
                "consumer.ssl.keystore.key", "s3cret",
                "kafka.security.protocol", "SSL")));

        assertThat(text)
                .doesNotContain("s3cret")
                .contains("kafka.ssl.keystore.password = (hidden) (command line)")
                .contains("kafka.sasl.jaas.config = (hidden) (command line)")
                .contains("consumer.ssl.keystore.key = (hidden) (command line)")
                .contains("kafka.security.protocol = SSL (command line)");
    }
}
