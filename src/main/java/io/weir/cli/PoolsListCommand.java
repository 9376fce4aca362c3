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
final class PoolsListCommand extends ApiCommand {
    PoolsListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        List<RulesTopic.Entry> all = Desk.rules(config());
        Rules rules = all.isEmpty() ? Rules.DEFAULTS : all.get(all.size() - 1).rules();
        Map<String, List<String>> pools = new TreeMap<>(rules.pools().byName());
        pools.forEach((name, networks) -> say(name + "  " + String.join(", ", networks)));
        if (pools.isEmpty()) {
            say("no pool is declared");
        }
        return ExitCode.DONE;
    }
}
