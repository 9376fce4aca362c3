package io.weir.cli;

import io.weir.cli.RulesTopic.Entry;
import io.weir.throttle.Rules;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;

@CommandLine.Command(
        name = "history",
        description = "Print what was changed in the rules, when and by whom, oldest first; a year back at least.",
        footer = {"", "Example:", "  weir rules history"})
final class RulesHistoryCommand extends ApiCommand {
    RulesHistoryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        List<Entry> history = Desk.rules(config());
        if (history.isEmpty()) {
            say("nobody has written any rules; the defaults are in force");
        }
        Rules before = Rules.DEFAULTS;
        for (Entry entry : history) {
            say(Instant.ofEpochMilli(entry.change().occurredAtMs()) + "  "
                    + entry.rules().id() + "  by " + entry.change().edge());
            RulesUpdate.changes(before, entry.rules()).forEach(change -> say("    " + change));
            before = entry.rules();
        }
        return ExitCode.DONE;
    }
}
