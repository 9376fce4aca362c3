package io.weir.cli;

import io.weir.operator.OverrideDraft;
import io.weir.operator.Signature;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "delete",
        description = "Take an override back.",
        footer = {"", "Example:", "  weir overrides delete 203.0.113.7"})
final class OverridesDeleteCommand extends ApiCommand {
    @Parameters(paramLabel = "TARGET", description = "As 'weir overrides list' shows it.")
    private String target = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for whoever asks later.")
    private String comment = "";

    OverridesDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        String checked = OverrideDraft.canonical(target);
        try (Desk desk = Desk.reach(config())) {
            desk.operators()
                    .deleteOverride(
                            checked,
                            new Signature(
                                    RulesUpdate.author(),
                                    comment,
                                    terminal().clock().millis()));
        }
        say("the override of " + checked + " is gone");
        return ExitCode.DONE;
    }
}
