package io.weir.cli;

import io.weir.throttle.Rules;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "apply",
        description = {
            "Put the rules of a file in force: on smtp-rules, and in every partition of smtp-connections.",
            "The file is the whole document; a rule that it does not name gets its default."
        },
        footer = {"", "Example:", "  weir rules apply my.rules"})
final class RulesApplyCommand extends Command {
    @Parameters(paramLabel = "FILE", description = "NAME = VALUE per line; 'weir rules show' prints one.")
    private Path file = Path.of("");

    RulesApplyCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        Rules rules = RulesFile.read(file);
        try (Cluster cluster = Cluster.reach(config())) {
            new RulesUpdate(cluster, terminal()).apply(before -> rules);
            return ExitCode.DONE;
        }
    }
}
