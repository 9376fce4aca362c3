package io.weir.cli;

import io.weir.throttle.Reason;
import io.weir.throttle.RuleKey;
import java.util.Locale;
import picocli.CommandLine;

@CommandLine.Command(
        name = "keys",
        description = "Print every rule there is, with default and meaning, and every reason. Asks no cluster.",
        footer = {"", "Example:", "  weir rules keys"})
final class RulesKeysCommand extends Command {
    RulesKeysCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        for (RuleKey key : RuleKey.values()) {
            row(key.id(), key.standard().isEmpty() ? "(empty)" : key.standard(), key.meaning());
        }
        row(RuleKey.POOL_PREFIX + "NAME", "(none)", "networks, separated by commas, whose addresses are one sender");
        for (Reason reason : Reason.values()) {
            row(RulesFile.modeKey(reason), "shadow", reason.meaning());
        }
        return ExitCode.DONE;
    }

    private void row(String name, String standard, String meaning) {
        say(String.format(Locale.ROOT, "%-26s %-9s %s", name, standard, meaning));
    }
}
