package io.weir.cli;

import io.weir.simulate.score.Scoreboard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "scoreboard",
        description = {
            "The benchmark: every scenario family, against Weir and against what others use, as one table and one picture.",
            "Takes some minutes on two processors; needs no broker. The same every time."
        },
        footer = {
            "",
            "Examples:",
            "  weir scoreboard",
            "  weir scoreboard --out DIRECTORY    writes scoreboard.md and scoreboard.svg there",
            "  weir scoreboard --tune FILE        finds the settings of the others anew, which takes much longer"
        })
final class ScoreboardCommand extends Command {
    private static final int CURVE_SEEDS = 4;
    private static final int TUNING_SEEDS = 3;

    @Option(names = "--out", paramLabel = "DIRECTORY", description = "Write scoreboard.md and scoreboard.svg there.")
    private @Nullable Path out;

    @Option(
            names = "--tune",
            paramLabel = "FILE",
            description =
                    "Instead, try every strategy's settings on the tuning seeds, and write the best to this file.")
    private @Nullable Path tune;

    @Option(names = "--threads", paramLabel = "N", description = "Runs at a time; by default as many as processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    private int told = -1;

    ScoreboardCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws Exception {
        if (threads < 1) {
            throw CommandException.usage("--threads must be at least 1, got " + threads);
        }
        Scoreboard scoreboard = new Scoreboard(threads, this::progress);
        if (tune != null) {
            write(tune, scoreboard.tune(TUNING_SEEDS));
            return ExitCode.DONE;
        }
        Scoreboard.Published published = scoreboard.publish(CURVE_SEEDS);
        if (out == null) {
            terminal().out().print(published.text());
        } else {
            write(out.resolve("scoreboard.md"), published.text());
            write(out.resolve("scoreboard.svg"), published.picture());
        }
        return ExitCode.DONE;
    }

    private void progress(int done, int of) {
        int percent = done * 100 / of;
        if (percent / 10 != told) {
            told = percent / 10;
            remark(done + " of " + of + " runs");
        }
    }

    private void write(Path file, String text) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.writeString(file, text);
            say("written: " + file);
        } catch (IOException e) {
            throw CommandException.failed(Failures.ofFile(e), e);
        }
    }
}
