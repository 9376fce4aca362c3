package io.weir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.model.Connector;
import io.weir.operator.ConnectorDraft;
import io.weir.operator.OperatorException;
import io.weir.operator.Signature;
import io.weir.throttle.ConnectorConflicts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "put",
        description = {
            "Write a connector; one of the same name is replaced.",
            "With --file, all connectors of a YAML or JSON file: one object or a list of them, fields as in"
                    + " topics/schemas/connector.schema.json. None is written unless all are good."
        },
        footer = {
            "",
            "Examples:",
            "  weir connectors put onprem-hq --kind on-premises --network 203.0.113.0/28 --certificate mail.example.org --enforce",
            "  weir connectors put gateway --kind partner --sender-domain '*' --network 198.51.100.0/24 --restrict-to-networks",
            "  weir connectors put --file connectors.yaml"
        })
final class ConnectorsPutCommand extends ApiCommand {
    @Parameters(paramLabel = "NAME", arity = "0..1", description = "What it is called: letters, digits, '.', '_', '-'.")
    private @Nullable String name;

    @Option(names = "--file", paramLabel = "FILE", description = "Take them from this file instead.")
    private @Nullable Path file;

    @Option(names = "--kind", paramLabel = "KIND", description = "on-premises (our own systems) or partner.")
    private @Nullable String kind;

    @Option(names = "--network", paramLabel = "CIDR", description = "Clients connect from here; may be given often.")
    private List<String> networks = new ArrayList<>();

    @Option(
            names = "--certificate",
            paramLabel = "NAME",
            description = "Name in the client's certificate; counts when the mail server verified it.")
    private List<String> certificates = new ArrayList<>();

    @Option(names = "--fingerprint", paramLabel = "HEX", description = "Fingerprint of the client's public key.")
    private List<String> fingerprints = new ArrayList<>();

    @Option(
            names = "--sender-domain",
            paramLabel = "DOMAIN",
            description = "partner: domain of MAIL FROM, *.domain, or * for all mail.")
    private List<String> domains = new ArrayList<>();

    @Option(names = "--require-tls", description = "Without TLS: not trusted; a partner's mail is asked to use it.")
    private boolean requireTls;

    @Option(names = "--restrict-to-networks", description = "partner: 550 for mail of its domains from elsewhere.")
    private boolean restrictToNetworks;

    @Option(names = "--restrict-to-certificates", description = "partner: 550 without one of its certificates.")
    private boolean restrictToCertificates;

    @Option(names = "--enforce", description = "From now on it acts; without it, it reports what it would do.")
    private boolean enforce;

    @Option(names = "--disabled", description = "Keep it, as if it were not there.")
    private boolean disabled;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why it exists, and whom to ask.")
    private @Nullable String comment;

    ConnectorsPutCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        if ((file == null) == (name == null)) {
            throw CommandException.usage("give either NAME or --file");
        }
        List<Connector> connectors = file == null
                ? List.of(read("the connector", given()))
                : OperatorFile.read(file).stream()
                        .map(ConnectorsPutCommand::read)
                        .toList();
        try (Desk desk = Desk.reach(config())) {
            desk.operators().putConnectors(connectors, signature());
            Map<String, Connector> all = new TreeMap<>(desk.operators().connectors());
            for (Connector connector : connectors) {
                all.put(connector.name(), connector);
                say(ConnectorsListCommand.line(connector));
            }
            ConnectorConflicts.among(all.values()).forEach(conflict -> remark("conflict: " + conflict));
        }
        return ExitCode.DONE;
    }

    private Signature signature() {
        return new Signature(RulesUpdate.author(), "", terminal().clock().millis());
    }

    private ObjectNode given() {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("name", name);
        record.put("kind", kind);
        record.put("enabled", !disabled);
        record.put("mode", enforce ? "enforce" : "test");
        texts(record, "clientNetworks", networks);
        texts(record, "tlsCertificateNames", certificates);
        texts(record, "tlsPublicKeyFingerprints", fingerprints);
        record.put("requireTls", requireTls);
        texts(record, "senderDomains", domains);
        record.put("restrictToNetworks", restrictToNetworks);
        record.put("restrictToCertificates", restrictToCertificates);
        record.put("comment", comment);
        return record;
    }

    private static void texts(ObjectNode record, String field, List<String> texts) {
        ArrayNode array = record.putArray(field);
        texts.forEach(array::add);
    }

    private static Connector read(OperatorFile.Entry entry) {
        entry.requireOnly(ConnectorDraft.FIELDS);
        return read(entry.where(), entry.record());
    }

    /** What the file leaves out means what it means in a flag: enabled, in test mode. */
    private static Connector read(String where, ObjectNode record) {
        try {
            return ConnectorDraft.read(record);
        } catch (OperatorException e) {
            throw CommandException.usage(where + ": " + e.getMessage(), e);
        }
    }
}
