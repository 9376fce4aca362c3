package io.weir.cli;

import picocli.CommandLine.Command;

/** The commands about tokens. */
@Command(
        name = "token",
        description = "Make what somebody shows to the HTTP API.",
        footer = {"", "Example:", "  weir token create alice --role operate"})
final class TokenCommands {}
