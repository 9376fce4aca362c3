package io.weir.cli;

import picocli.CommandLine.Command;

/** The commands about topics. */
@Command(
        name = "topics",
        description = "Compare a cluster's topics with what they should be, or put them in order.",
        footer = {"", "Example:", "  weir topics diff -D bootstrap.servers=kafka1:9092"})
final class TopicsCommands {}
