package io.weir.cli;

import io.weir.model.Connector;
import io.weir.throttle.ConnectorConflicts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

@CommandLine.Command(
        name = "list",
        description = "Print every connector, one on a line, and where two of them say different things.",
        footer = {"", "Example:", "  weir connectors list"})
final class ConnectorsListCommand extends ApiCommand {
    ConnectorsListCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        try (Desk desk = Desk.reach(config())) {
            Collection<Connector> all = desk.operators().connectors().values();
            if (all.isEmpty()) {
                say("there is no connector");
            }
            all.forEach(connector -> say(line(connector)));
            ConnectorConflicts.among(all).forEach(conflict -> say("conflict: " + conflict));
            return ExitCode.DONE;
        }
    }

    static String line(Connector connector) {
        String mode = !connector.enabled() ? "disabled" : connector.enforced() ? "enforce" : "test";
        return String.format(
                        Locale.ROOT,
                        "%-20s  %-11s  %-8s  %s%s",
                        connector.name(),
                        connector.kind().label(),
                        mode,
                        String.join("; ", says(connector)),
                        connector.comment().isEmpty() ? "" : "  # " + connector.comment())
                .stripTrailing();
    }

    private static List<String> says(Connector connector) {
        List<String> says = new ArrayList<>();
        add(says, "from ", connector.senderDomains());
        add(says, "at ", connector.clientNetworks());
        add(says, "certificate ", connector.tlsCertificateNames());
        add(says, "key ", connector.tlsPublicKeyFingerprints());
        if (connector.requireTls()) {
            says.add("TLS required");
        }
        if (connector.restrictToNetworks()) {
            says.add("only from there");
        }
        if (connector.restrictToCertificates()) {
            says.add("only with its certificate");
        }
        return says;
    }

    private static void add(List<String> says, String what, List<String> values) {
        if (!values.isEmpty()) {
            says.add(what + String.join(", ", values));
        }
    }
}
