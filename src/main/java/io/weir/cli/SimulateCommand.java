package io.weir.cli;

import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Ranges;
import io.weir.simulate.score.LabelledTraffic;
import io.weir.simulate.score.Scoreboard;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "simulate",
        description = {
            "Send made-up traffic, of which it is known what is abuse, through the real judgement, and tell how it fared.",
            "Needs no broker. The same scenario and seed give the same traffic and the same answers every time.",
            "Without SCENARIO it lists what there is."
        },
        footer = {
            "",
            "Examples:",
            "  weir simulate hijacked-x20 --seed 7",
            "  weir simulate all --rules my.rules",
            "  weir simulate botnet --events botnet.jsonl"
        })
final class SimulateCommand extends Command {
    private static final String ALL = "all";

    @Parameters(arity = "0..1", paramLabel = "SCENARIO", description = "A scenario family, or 'all'.")
    private @Nullable String scenario;

    @Option(names = "--seed", paramLabel = "N", description = "Which case of it; default 1.")
    private long seed = 1;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description =
                    "Judge by these rules; by default by the defaults. Learning and modes are not theirs: two weeks, then enforced.")
    private @Nullable Path rules;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description =
                    "Write the traffic as a site would see it that defers nothing: connection events, one a line, each with its "
                            + "truth. Of several families one after another; each begins on the same day.")
    private @Nullable Path events;

    SimulateCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    ExitCode run() throws Exception {
        if (scenario == null) {
            list();
            return ExitCode.DONE;
        }
        List<Family> families = families(scenario);
        Map<String, String> settings =
                rules == null ? Map.of() : RulesFile.read(rules).settings();
        if (events != null) {
            write(families, events);
        }
        int threads = Runtime.getRuntime().availableProcessors();
        Scoreboard scoreboard = new Scoreboard(threads, (part, done, whole) -> {});
        terminal().out().print(scoreboard.table(families, seed, settings));
        return ExitCode.DONE;
    }

    private void list() {
        for (Family family : Family.values()) {
            say(String.format("%-24s%-12s%s", family.id(), family.truth().label(), family.about()));
        }
    }

    private static List<Family> families(String name) {
        if (name.equals(ALL)) {
            return List.of(Family.values());
        }
        return List.of(Family.of(name)
                .orElseThrow(() -> CommandException.usage("there is no scenario '" + name + "'; there are "
                        + Arrays.stream(Family.values()).map(Family::id).collect(Collectors.joining(", "))
                        + ", and all")));
    }

    private void write(List<Family> families, Path file) {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            Ranges ranges = Ranges.shipped();
            for (Family family : families) {
                LabelledTraffic.write(family.scenario(ranges, seed), out);
            }
        } catch (IOException e) {
            throw CommandException.failed("events " + Failures.ofFile(e), e);
        }
    }
}
