package io.weir.simulate.score;

import io.weir.simulate.defence.Contestant;
import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import io.weir.simulate.defence.WeirDefence;
import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Ranges;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The benchmark: every family, every strategy, on the reporting seeds; and what tunes the strategies, on the tuning seeds. */
public final class Scoreboard {
    private final Ranges ranges = Ranges.shipped();
    private final int threads;
    private final BiConsumer<Integer, Integer> progress;

    /** @param progress is told how many runs of a part are done, and of how many */
    public Scoreboard(int threads, BiConsumer<Integer, Integer> progress) {
        this.threads = threads;
        this.progress = progress;
    }

    /** What is published: text in Markdown, and a picture as SVG. */
    public record Published(String text, String picture) {}

    /** Version of the scenarios' parameters. */
    public String version() {
        return ranges.version();
    }

    /** One seed of some families under Weir by these rules, as a table for a terminal. */
    public String table(List<Family> families, long seed, Map<String, String> rules) throws InterruptedException {
        try (Runner runner = runner()) {
            Contestant weir = scenario -> new WeirDefence(scenario, rules);
            List<Field> fields = runner.run(List.of(weir, Strategy.ceiling(rules)), families, List.of(seed));
            return FamilyTable.of(fields.get(0), fields.get(1)).plain();
        }
    }

    /**
     * The whole of it.
     *
     * @param curveSeeds how many of the reporting seeds the curves are of
     */
    public Published publish(int curveSeeds) throws InterruptedException {
        List<Family> families = List.of(Family.values());
        List<Long> seeds = ranges.reportingSeeds();
        List<Tuned> tuned = Tuned.shipped();
        try (Runner runner = runner()) {
            List<Field> own = runner.run(List.of(Strategy.shipped(), Strategy.ceiling()), families, seeds);
            List<Setting> settings = tuned.stream()
                    .flatMap(one -> Stream.concat(one.front().stream(), Stream.of(one.marked())))
                    .distinct()
                    .toList();
            List<Long> few = seeds.subList(0, Math.min(curveSeeds, seeds.size()));
            List<Curve> curves = Curve.of(tuned, runner.run(settings, families, few));
            String text = new ScoreText(ranges, own.get(0), own.get(1), curves, few.size()).text();
            return new Published(text, CurvePicture.of(curves));
        }
    }

    /** What no other setting of its grid beats, for each strategy: the text of the file that {@link #publish} reads. */
    public String tune(int seeds) throws InterruptedException {
        List<Long> tuning = ranges.tuningSeeds();
        StringBuilder text = new StringBuilder();
        try (Runner runner = runner()) {
            for (Strategy strategy : Strategy.tunable()) {
                List<Field> fields = runner.run(
                        strategy.settings(),
                        List.of(Family.values()),
                        tuning.subList(0, Math.min(seeds, tuning.size())));
                text.append(Tuned.of(strategy, fields).text());
            }
        }
        return text.toString();
    }

    private Runner runner() {
        return new Runner(ranges, threads, progress);
    }
}
