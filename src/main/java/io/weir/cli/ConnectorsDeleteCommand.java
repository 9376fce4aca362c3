package io.weir.cli;

import io.weir.operator.Signature;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "delete",
        description = "Remove a connector: its clients are judged like all others again.",
        footer = {"", "Example:", "  weir connectors delete onprem-hq"})
final class ConnectorsDeleteCommand extends ApiCommand {
    @Parameters(paramLabel = "NAME", description = "As 'weir connectors list' shows it.")
    private String name = "";

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for whoever asks later.")
    private String comment = "";

    ConnectorsDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        try (Desk desk = Desk.reach(config())) {
            desk.operators()
                    .deleteConnector(
                            name,
                            new Signature(
                                    RulesUpdate.author(),
                                    comment,
                                    terminal().clock().millis()));
        }
        say("connector " + name + " is gone");
        return ExitCode.DONE;
    }
}
