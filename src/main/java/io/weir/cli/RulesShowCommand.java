package io.weir.cli;

import io.weir.cli.RulesTopic.Entry;
import io.weir.throttle.Rules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

@CommandLine.Command(
        name = "show",
        description = "Print the rules in force, in the form that 'weir rules apply' reads.",
        footer = {"", "Example:", "  weir rules show"})
final class RulesShowCommand extends ApiCommand {
    RulesShowCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        List<Entry> all = Desk.rules(config());
        Optional<Entry> current = all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        Rules rules = current.map(Entry::rules).orElse(Rules.DEFAULTS);
        say("# rules " + rules.id()
                + current.map(entry -> ", in force from "
                                + Instant.ofEpochMilli(entry.change().occurredAtMs()) + ", written by "
                                + entry.change().edge())
                        .orElse(": nobody has written any, so these are the defaults"));
        terminal().out().print(RulesFile.write(rules));
        return ExitCode.DONE;
    }
}
