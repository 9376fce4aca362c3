package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
    static Stream<String> everyCommand() {
        Terminal terminal = new Terminal(System.out, System.err, Map.of(), Run.CLOCK, new Lifetime());
        return names(new Cli(terminal).commands());
    }

    private static Stream<String> names(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec().qualifiedName()),
                command.getSubcommands().values().stream().flatMap(HelpTest::names));
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void saysWhatItDoesWithAnExampleAndItsExitCodes(String name) {
        Run run = Run.of((name.substring("weir".length()) + " --help").trim().split(" "));
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Usage: " + name, "Exit codes:", "  2   the command line", "Example");
        assertThat(run.out().substring(run.out().indexOf("Example"))).contains("  " + name);
        assertThat(run.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void nothingAtAllIsAnsweredByTheHelpAndAnError() {
        Run run = Run.of();
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: weir ", "Commands:");
        assertThat(Run.of("rules").err()).contains("Usage: weir rules ", "show", "apply", "history", "keys");
    }

    @Test
    void theVersionNamesWhatItRunsOn() {
        Run run = Run.of("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("weir ").contains("Kafka 4.").contains("Java ");
    }
}
