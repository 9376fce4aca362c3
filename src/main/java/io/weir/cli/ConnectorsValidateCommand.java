package io.weir.cli;

import io.weir.model.Connector;
import io.weir.throttle.ConnectorCheck;
import io.weir.throttle.ConnectorCheck.Finding;
import io.weir.throttle.ConnectorCheck.Grade;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "validate",
        description = {
            "Check what a connector says: whether it will do what is expected of it, and beside which others it stands. A list of pass, warn and"
                    + " fail, with what to do. A fail makes the exit code 1.",
            "'weir probe ADDRESS' asks an edge what it would do for a client."
        },
        footer = {"", "Examples:", "  weir connectors validate", "  weir connectors validate onprem-hq"})
final class ConnectorsValidateCommand extends ApiCommand {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "As 'weir connectors list' shows it; by default all.")
    private @Nullable String name;

    ConnectorsValidateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        try (Desk desk = Desk.reach(config())) {
            Collection<Connector> all = desk.operators().connectors().values();
            List<Connector> asked = all.stream()
                    .filter(one -> name == null || one.name().equals(name))
                    .toList();
            if (asked.isEmpty()) {
                if (name != null) {
                    throw CommandException.failed("there is no connector " + name);
                }
                say("there is no connector");
            }
            boolean failed = false;
            for (Connector one : asked) {
                failed |= tell(one, ConnectorCheck.of(one, all));
            }
            return failed ? ExitCode.FAILED : ExitCode.DONE;
        }
    }

    private boolean tell(Connector connector, List<Finding> findings) {
        say(connector.name() + " (" + connector.kind().label() + ")");
        for (Finding finding : findings) {
            say(String.format(Locale.ROOT, "  %-4s  %s", finding.grade().label(), finding.text()));
            if (!finding.fix().isEmpty()) {
                say("        " + finding.fix());
            }
        }
        return findings.stream().anyMatch(finding -> finding.grade() == Grade.FAIL);
    }
}
