package io.weir.cli;

import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "delete",
        description = {
            "Forget a pool: its addresses are senders of their own again.",
            "What the pool was admitted vouches for none of them: they begin as newcomers."
        },
        footer = {"", "Example:", "  weir pools delete acme"})
final class PoolsDeleteCommand extends Command {
    @Parameters(paramLabel = "NAME", description = "As 'weir pools list' prints it.")
    private String name = "";

    PoolsDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        try (Cluster cluster = Cluster.reach(config())) {
            new RulesUpdate(cluster, terminal()).apply(before -> PoolRules.without(before, name));
            return ExitCode.DONE;
        }
    }
}
