package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulate.scenario.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    @TempDir
    Path dir;

    @Test
    void withoutAScenarioItListsThemAll() {
        Run run = Run.of("simulate");
        assertThat(run.exitCode()).isZero();
        assertThat(run.lines()).hasSize(Family.values().length);
        assertThat(run.out()).contains("hijacked-x20            abusive     the same at 20 times");
    }

    @Test
    void aScenarioIsToldInALineAndIsTheSameEveryTime() {
        Run run = Run.of("simulate", "poisoning", "--seed", "7");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.lines()).hasSize(2);
        assertThat(run.lines().get(0)).startsWith("family     abuse deferred  ceiling");
        assertThat(run.lines().get(1)).startsWith("poisoning ");
        assertThat(Run.of("simulate", "poisoning", "--seed", "7").out()).isEqualTo(run.out());
        assertThat(Run.of("simulate", "poisoning", "--seed", "8").out()).isNotEqualTo(run.out());
    }

    @Test
    void rulesMakeADifference() throws IOException {
        Path rules = Files.writeString(
                dir.resolve("wide.rules"), "newcomer.5m = 100000\nnewcomer.1h = 1000000\nnewcomer.1d = 9000000\n");
        String[] command = {"simulate", "newcomer-blast", "--seed", "7"};
        assertThat(Run.of(command).lines().get(1)).doesNotContain("never");
        Run run = Run.of("simulate", "newcomer-blast", "--seed", "7", "--rules", rules.toString());
        assertThat(run.lines().get(1)).contains(" 0 ").contains("never");
    }

    @Test
    void theLabelledTrafficIsWritten() throws IOException {
        Path events = dir.resolve("traffic.jsonl");
        Run run = Run.of("simulate", "poisoning", "--seed", "7", "--events", events.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(Files.readAllLines(events))
                .hasSizeGreaterThan(1_000)
                .allMatch(line -> line.startsWith("{\"v\":1,") && line.contains("\"truth\":\"abusive\""));
    }

    @Test
    void whatDoesNotExistIsNamed() {
        Run run = Run.of("simulate", "hijacked");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).startsWith("weir: there is no scenario 'hijacked'; there are steady, diurnal, ");
        Run nowhere = Run.of(
                "simulate", "steady", "--events", dir.resolve("no/where.jsonl").toString());
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.FAILED.number());
        assertThat(nowhere.err()).contains("events ").contains("no/where.jsonl");
        assertThat(Run.of("scoreboard", "--threads", "0").err()).contains("--threads must be at least 1, got 0");
    }
}
