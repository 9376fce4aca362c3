package io.weir.cli;

import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "delete",
        description = "Take an override back.",
        footer = {"", "Example:", "  weir overrides delete 203.0.113.7"})
final class OverridesDeleteCommand extends Command {
    @Parameters(paramLabel = "TARGET", description = "As 'weir overrides list' shows it.")
    private String target = "";

    OverridesDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        String checked = OverridesPutCommand.checked(target);
        try (Cluster cluster = Cluster.reach(config())) {
            OverridesTopic topic = new OverridesTopic(cluster);
            if (topic.all().stream().noneMatch(override -> override.target().equals(checked))) {
                throw CommandException.failed("there is no override of " + checked);
            }
            topic.delete(checked, terminal().clock().millis());
        }
        say("the override of " + checked + " is gone");
        return ExitCode.DONE;
    }
}
