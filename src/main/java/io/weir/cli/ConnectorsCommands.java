package io.weir.cli;

import picocli.CommandLine.Command;

/** The commands about connectors. */
@Command(
        name = "connectors",
        description = {
            "Trust relays and partners by address or TLS certificate, or bind a partner's mail to its own servers.",
            "Edges obey within seconds. A new connector is in test mode: events tell what it would do (connectorMiss), and it does nothing"
                    + " until it is put with --enforce. A connector never grants relay.",
            "Of several that match a client one counts: enforced before test, on-premises before partner, certificate before address alone,"
                    + " then by name. Of several that restrict a domain, the closest: exact, then the longest *.domain, then *. 'list' and 'put'"
                    + " name such conflicts.",
            "What a trusted client sends is never throttled and has a record of its own: when it leaves its usual, 'weir verdicts' says ALARM."
        },
        footer = {
            "",
            "Examples:",
            "  weir connectors put onprem-hq --kind on-premises --network 203.0.113.0/28 --require-tls --enforce",
            "  weir connectors put acme --kind partner --sender-domain acme.example --network 198.51.100.0/24 --restrict-to-networks",
            "  weir connectors put --file connectors.yaml",
            "  weir connectors list"
        })
final class ConnectorsCommands {}
