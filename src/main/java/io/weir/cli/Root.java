package io.weir.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** {@code weir} itself: only has subcommands. */
@Command(
        name = "weir",
        description = "Weir: adaptive IP throttling for inbound mail, on Kafka Streams.",
        footer = {
            "",
            "Examples:",
            "  weir demo                    see what it does, in two minutes",
            "  weir up                      run it on this machine",
            "  weir senders 203.0.113.7     why is this address throttled, and until when?"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = false,
        usageHelpWidth = 100,
        abbreviateSynopsis = true,
        synopsisSubcommandLabel = "COMMAND",
        parameterListHeading = "%nParameters:%n",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n")
final class Root {}
