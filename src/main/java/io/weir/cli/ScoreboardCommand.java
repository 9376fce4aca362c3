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
            "The benchmark: every scenario family against Weir and against what others use, on seeds that nothing was tuned by.",
            "Prints the tables; with --out it writes them, the picture, and the figures that both are made of. "
                    + "Needs no broker. The same every time."
        },
        footer = {
            "",
            "Examples:",
            "  weir scoreboard",
            "  weir scoreboard --out deploy       as scoreboard.md, scoreboard.svg and scoreboard.tsv",
            "  weir scoreboard --tune FILE        finds the settings of the others anew"
        })
final class ScoreboardCommand extends Command {
    private static final int CURVE_SEEDS = 4;
    private static final int TUNING_SEEDS = 3;

    @Option(names = "--out", paramLabel = "DIRECTORY", description = "Write scoreboard.md, .svg and .tsv there.")
    private @Nullable Path out;

    @Option(
            names = "--tune",
            paramLabel = "FILE",
            description =
                    "Instead, try every strategy's settings on the tuning seeds, and write the best to this file.")
    private @Nullable Path tune;

    @Option(names = "--threads", paramLabel = "N", description = "Cases at a time; by default as many as processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    ScoreboardCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws Exception {
        if (threads < 1) {
            throw CommandException.usage("--threads must be at least 1, got " + threads);
        }
        CaseProgress progress = new CaseProgress(terminal());
        Scoreboard scoreboard = new Scoreboard(threads, progress::at);
        if (tune != null) {
            String tuned = scoreboard.tune(TUNING_SEEDS);
            progress.end();
            write(tune, tuned);
            return ExitCode.DONE;
        }
        Scoreboard.Published published = scoreboard.publish(CURVE_SEEDS);
        progress.end();
        if (out == null) {
            terminal().out().print(published.page());
        } else {
            write(out.resolve("scoreboard.tsv"), published.results());
            write(out.resolve("scoreboard.md"), published.page());
            write(out.resolve("scoreboard.svg"), published.picture());
        }
        return ExitCode.DONE;
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
