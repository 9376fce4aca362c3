package io.weir.cli;

import io.weir.model.Mode;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "enforce",
        description = {
            "Let edges act on a reason's verdicts: the excess is deferred with a 451.",
            "Look at what it would have done first, with --check: whom it would have deferred in the last days, for how long, and whether a"
                    + " brake would have stopped it. Nothing is changed then."
        },
        footer = {
            "",
            "Examples:",
            "  weir enforce newcomer-volume --check",
            "  weir enforce all --check --days 14",
            "  weir enforce volume-surge"
        })
final class EnforceCommand extends ModeCommand {
    private static final int MOST_DAYS = 35;

    @Option(names = "--check", description = "Only tell what it would have done.")
    private boolean check;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            description = "With --check: how many days back to look, 1 to " + MOST_DAYS
                    + "; what is known of earlier ones teaches. Default: 7.")
    private int days = 7;

    EnforceCommand(Terminal terminal) {
        super(terminal, Mode.ENFORCE);
    }

    @Override
    ExitCode run() {
        if (days < 1 || days > MOST_DAYS) {
            throw CommandException.usage("--days must be 1 to " + MOST_DAYS + ", got " + days);
        }
        if (!check) {
            return super.run();
        }
        var reasons = reasons();
        try (Lifetime.Hold hold = terminal().lifetime().hold();
                Cluster cluster = Cluster.reach(config())) {
            new ReadinessCheck(cluster, terminal(), hold).run(before -> changed(before, reasons), days);
            return ExitCode.DONE;
        }
    }
}
