package io.weir.cli;

import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "delete",
        description = "Remove a connector: its clients are judged like all others again.",
        footer = {"", "Example:", "  weir connectors delete onprem-hq"})
final class ConnectorsDeleteCommand extends Command {
    @Parameters(paramLabel = "NAME", description = "As 'weir connectors list' shows it.")
    private String name = "";

    ConnectorsDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        try (Cluster cluster = Cluster.reach(config())) {
            ConnectorsTopic topic = new ConnectorsTopic(cluster);
            if (!topic.all().containsKey(name)) {
                throw CommandException.failed("there is no connector " + name + "; 'weir connectors list' shows all");
            }
            topic.delete(name, terminal().clock().millis());
        }
        say("connector " + name + " is gone");
        return ExitCode.DONE;
    }
}
