package io.weir.cli;

import io.weir.model.OperatorOverride;
import io.weir.model.OperatorOverride.Action;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

@CommandLine.Command(
        name = "list",
        description = "Print every override that holds, one on a line.",
        footer = {"", "Example:", "  weir overrides list"})
final class OverridesListCommand extends Command {
    OverridesListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        long now = terminal().clock().millis();
        try (Cluster cluster = Cluster.reach(config())) {
            List<OperatorOverride> holding = new OverridesTopic(cluster)
                    .all().stream()
                            .filter(override -> now < override.expiresAtMs())
                            .toList();
            if (holding.isEmpty()) {
                say("no override holds");
            }
            holding.forEach(override -> say(line(override)));
            return ExitCode.DONE;
        }
    }

    static String line(OperatorOverride override) {
        String does = override.action() == Action.ALLOW
                ? "passes"
                : String.format(Locale.ROOT, "lets %.0f%% through", 100 * override.admit());
        return String.format(
                Locale.ROOT,
                "%-20s  %s until %s  by %s: %s",
                override.target(),
                does,
                Instant.ofEpochMilli(override.expiresAtMs()),
                override.author(),
                override.comment());
    }
}
