package io.weir.cli;

import io.weir.model.Mode;
import picocli.CommandLine;

@CommandLine.Command(
        name = "shadow",
        description = "Let a reason only report: verdicts are still computed, and mail passes. The default.",
        footer = {"", "Examples:", "  weir shadow volume-surge", "  weir shadow all"})
final class ShadowCommand extends ModeCommand {
    ShadowCommand(Terminal terminal) {
        super(terminal, Mode.SHADOW);
    }
}
