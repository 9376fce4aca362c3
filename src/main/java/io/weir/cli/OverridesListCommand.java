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
final class OverridesListCommand extends ApiCommand {
    OverridesListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        long now = terminal().clock().millis();
        try (Desk desk = Desk.reach(config())) {
            List<OperatorOverride> holding = desk.operators().overrides().values().stream()
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
        boolean isPlanned = override.action() == Action.PLANNED;
        long fromMs = isPlanned && override.fromMs() == 0 ? override.createdAtMs() : override.fromMs();
        String from = fromMs == 0 ? "" : " from " + Instant.ofEpochMilli(fromMs);
        String does = switch (override.action()) {
            case ALLOW -> "passes" + from;
            case THROTTLE -> String.format(Locale.ROOT, "lets %.0f%% through%s", 100 * override.admit(), from);
            case PLANNED -> String.format(Locale.ROOT, "%,d recipients a day%s", override.volume(), from);
        };
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
