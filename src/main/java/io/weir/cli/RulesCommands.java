package io.weir.cli;

import picocli.CommandLine.Command;

/** The commands about rules. */
@Command(
        name = "rules",
        description = "Show or replace the rules, on which everything the judgement does depends.",
        footer = {"", "Example:", "  weir rules show > my.rules && vi my.rules && weir rules apply my.rules"})
final class RulesCommands {}
