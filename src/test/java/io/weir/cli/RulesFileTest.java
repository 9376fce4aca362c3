package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.throttle.Reason;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesFileTest {
    @TempDir
    Path dir;

    @Test
    void whatIsShownCanBeApplied() throws Exception {
        Rules rules = Rules.of(Map.of(
                "growth.1d", "3", "mode.volume-surge", "enforce", "edges.denied", "mx1, mx2", "learn.until.ms", "5"));
        Path file = Files.writeString(dir.resolve("shown"), RulesFile.write(rules));
        assertThat(RulesFile.read(file)).isEqualTo(rules);
    }

    @Test
    void whatIsNotNamedHasItsDefault() throws Exception {
        Path file = Files.writeString(dir.resolve("short"), "# one rule\n  noise=4  \n");
        assertThat(RulesFile.read(file)).isEqualTo(Rules.of(Map.of("noise", "4")));
    }

    @Test
    void changesAreNamedOneByOne() {
        Rules after = Rules.of(Map.of("noise", "4", "edges.denied", "mx9"));
        assertThat(RulesUpdate.changes(Rules.DEFAULTS, after))
                .containsExactly("edges.denied: (empty) -> mx9", "noise: 3 -> 4");
        assertThat(RulesUpdate.changes(after, after)).isEmpty();
    }

    @Test
    void everyKeyAndReasonIsListed() {
        Run run = Run.of("rules", "keys");
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(RuleKey.values().length + 1 + Reason.values().length);
        assertThat(run.lines()).anyMatch(line -> line.matches("growth\\.1d +2 +.*ramp.*"));
        assertThat(run.lines()).anyMatch(line -> line.startsWith("mode.spam-share  "));
        assertThat(run.lines()).anyMatch(line -> line.startsWith("pool.NAME  "));
    }
}
