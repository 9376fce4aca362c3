package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.SettingsText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @Test
    void theCommandLineWinsOverTheEnvironmentOverTheFile(@TempDir Path dir) throws Exception {
        Path file =
                Files.writeString(dir.resolve("weir.properties"), "http.port=1001\nbroker.port=2001\ndata.dir=here\n");
        Run run = Run.in(
                Map.of("WEIR_HTTP_PORT", "1002", "WEIR_BROKER_PORT", "2002"),
                "config",
                "--config=" + file,
                "-Dhttp.port=1003");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("in force: 1003 (command line)")
                .contains("in force: 2002 (environment variable WEIR_BROKER_PORT)")
                .contains("in force: here (" + file + " line 3)");
    }

    @Test
    void namespaceHasAnOptionOfItsOwn() {
        assertThat(Run.of("config", "--namespace", "trial").out()).contains("in force: trial (command line)");
    }

    @Test
    void markdownIsTheDocumentation() {
        assertThat(Run.of("config", "--markdown").out()).isEqualTo(SettingsText.markdown());
    }
}
