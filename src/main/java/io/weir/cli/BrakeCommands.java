package io.weir.cli;

import picocli.CommandLine.Command;

/** The commands about an edge's brake. */
@Command(
        name = "brake",
        description = {
            "An edge that would defer too much lets everything pass until somebody has looked: see whether it does, and release it.",
            "Takes the edge's token (edge.admin.token.file), so run it where the edge runs, as its user."
        },
        footer = {"", "Examples:", "  weir brake status", "  weir brake release"})
final class BrakeCommands {}
