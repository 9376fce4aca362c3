package io.weir.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "put",
        description = "Declare a pool; one of the same name is replaced.",
        footer = {"", "Example:", "  weir pools put acme --network 192.0.2.0/24 --network 2001:db8:25::/48"})
final class PoolsPutCommand extends Command {
    @Parameters(paramLabel = "NAME", description = "Letters, digits, dots, hyphens and underscores.")
    private String name = "";

    @Option(
            names = "--network",
            paramLabel = "CIDR",
            required = true,
            description = "A network or an address of it; may be given several times.")
    private List<String> networks = new ArrayList<>();

    PoolsPutCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        try (Cluster cluster = Cluster.reach(config())) {
            new RulesUpdate(cluster, terminal()).apply(before -> PoolRules.with(before, name, networks));
            return ExitCode.DONE;
        }
    }
}
