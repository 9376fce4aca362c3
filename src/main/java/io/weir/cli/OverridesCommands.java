package io.weir.cli;

import picocli.CommandLine.Command;

/** The commands about overrides. */
@Command(
        name = "overrides",
        description = {
            "Let an address, a network or a pool pass, or throttle it, whatever the engine says.",
            "Edges obey within seconds. Each override ends by itself; the smallest network that covers a sender counts."
        },
        footer = {
            "",
            "Examples:",
            "  weir overrides put 203.0.113.7 --allow --for 2d --comment 'newsletter move, ticket 4711'",
            "  weir overrides put 198.51.100.0/24 --throttle --admit 0.05 --for 12h --comment complaints",
            "  weir overrides list"
        })
final class OverridesCommands {}
