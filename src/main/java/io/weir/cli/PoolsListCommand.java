package io.weir.cli;

import io.weir.throttle.Rules;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

@CommandLine.Command(
        name = "list",
        description = "Print each pool and its networks.",
        footer = {"", "Example:", "  weir pools list"})
final class PoolsListCommand extends Command {
    PoolsListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        try (Cluster cluster = Cluster.reach(config())) {
            Rules rules = new RulesTopic(cluster)
                    .current()
                    .map(RulesTopic.Entry::rules)
                    .orElse(Rules.DEFAULTS);
            Map<String, List<String>> pools = new TreeMap<>(rules.pools().byName());
            pools.forEach((name, networks) -> say(name + "  " + String.join(", ", networks)));
            if (pools.isEmpty()) {
                say("no pool is declared");
            }
            return ExitCode.DONE;
        }
    }
}
