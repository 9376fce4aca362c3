package io.weir.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "import",
        description = {
            "Declare a pool from an SPF record (RFC 7208), which is where a provider says what it sends from.",
            "From the record as text, which may not refer to others; or from a domain's, with what it includes, through this machine's resolver."
                    + " Only what passes is taken; what cannot be told in networks, such as ptr and exists, is left out and said.",
            "The record is read now and never again: import it anew when the provider changes it."
        },
        footer = {
            "",
            "Examples:",
            "  weir pools import acme --spf 'v=spf1 ip4:192.0.2.0/24 ip6:2001:db8:25::/48 -all'",
            "  weir pools import acme --resolve _spf.acme.example"
        })
final class PoolsImportCommand extends Command {
    @Parameters(paramLabel = "NAME", description = "Letters, digits, dots, hyphens and underscores.")
    private String name = "";

    @Option(names = "--spf", paramLabel = "RECORD", description = "The text of the record, from v=spf1 on.")
    private @Nullable String record;

    @Option(names = "--resolve", paramLabel = "DOMAIN", description = "Ask for the record of this domain.")
    private @Nullable String domain;

    @Option(names = "--dry-run", description = "Print the networks and change nothing.")
    private boolean dryRun;

    PoolsImportCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() {
        if ((record == null) == (domain == null)) {
            throw CommandException.usage("give either --spf or --resolve");
        }
        SpfNetworks found = read();
        found.remarks().forEach(this::remark);
        List<String> networks = found.networks();
        if (networks.isEmpty()) {
            throw CommandException.failed("the record names no network that passes");
        }
        networks.forEach(this::say);
        if (dryRun) {
            return ExitCode.DONE;
        }
        try (Cluster cluster = Cluster.reach(config())) {
            new RulesUpdate(cluster, terminal()).apply(before -> PoolRules.with(before, name, networks));
            return ExitCode.DONE;
        }
    }

    private SpfNetworks read() {
        try {
            return record != null
                    ? SpfNetworks.ofRecord(record)
                    : SpfNetworks.ofDomain(String.valueOf(domain), new JndiResolver());
        } catch (SpfException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()), e);
        }
    }
}
