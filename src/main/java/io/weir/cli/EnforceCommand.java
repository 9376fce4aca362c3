package io.weir.cli;

import io.weir.model.Mode;
import picocli.CommandLine;

@CommandLine.Command(
        name = "enforce",
        description = {
            "Let edges act on a reason's verdicts: the excess is deferred with a 451.",
            "Look at what it would have done first: 'weir verdicts' shows shadow verdicts too."
        },
        footer = {"", "Examples:", "  weir enforce volume-surge", "  weir enforce all"})
final class EnforceCommand extends ModeCommand {
    EnforceCommand(Terminal terminal) {
        super(terminal, Mode.ENFORCE);
    }
}
