package io.weir.simulate.score;

import io.weir.simulate.defence.Contestant;
import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import io.weir.simulate.defence.WeirDefence;
import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The benchmark: every family, every strategy, on the reporting seeds; and what tunes the strategies, on the tuning seeds. */
public final class Scoreboard {
    private static final String TUNED_HEAD =
            "# What no other setting of its strategy beats on both counts, and the cheapest, on the tuning seeds: made by weir scoreboard --tune.\n";

    /** The same thing seen from outside: an established sender with several times its usual. */
    static final List<Family> TRADE = List.of(Family.INCIDENT, Family.HIJACKED_X5);

    private final Ranges ranges = Ranges.shipped();
    private final int threads;
    private final Progress progress;

    /** Is told how far it has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * @param part what is being done
         * @param done cases of it that are done, of {@code whole}
         */
        void at(String part, int done, int whole);
    }

    public Scoreboard(int threads, Progress progress) {
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * What is published.
     *
     * @param results what the others are made of, cells with tabs between
     * @param page Markdown
     * @param summary Markdown: what the README shows
     * @param picture SVG
     */
    public record Published(String results, String page, String summary, String picture) {
        /** @throws IllegalArgumentException naming the line, when the results are none */
        static Published of(String results) {
            Results read = ResultsFile.read(results);
            ScoreText text = new ScoreText(read);
            return new Published(results, text.page(), text.summary(), CurvePicture.of(read.curves()));
        }
    }

    /** One seed of some families under Weir by these rules, as a table for a terminal. */
    public String table(List<Family> families, long seed, Map<String, String> rules) throws InterruptedException {
        try (Runner runner = runner("families")) {
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
        List<Long> seeds = ranges.reportingSeeds();
        List<Long> few = seeds.subList(0, Math.min(curveSeeds, seeds.size()));
        List<Tuned> tuned = Tuned.shipped();
        List<Field> own;
        List<Field> trades;
        try (Runner runner = runner("Weir and its ceiling")) {
            own = runner.run(List.of(Strategy.shipped(), Strategy.ceiling()), List.of(Family.values()), seeds);
        }
        try (Runner runner = runner("incidents and hijackings")) {
            trades = runner.run(Strategy.growths(), TRADE, seeds);
        }
        List<Setting> others = tuned.stream()
                .filter(one -> one.strategy() != Strategy.WEIR)
                .map(Tuned::marked)
                .toList();
        List<Field> fields = new ArrayList<>(List.of(own.get(0)));
        fields.addAll(compare("others", others, seeds));
        List<Setting> points = tuned.stream()
                .flatMap(one -> Stream.concat(one.front().stream(), Stream.of(one.marked())))
                .distinct()
                .toList();
        List<Curve> curves = Curve.of(tuned, compare("curves", points, few));
        Results results = new Results(ranges.version(), seeds.size(), few.size(), fields, own.get(1), trades, curves);
        return Published.of(ResultsFile.write(results));
    }

    private List<Field> compare(String part, List<Setting> settings, List<Long> seeds) throws InterruptedException {
        try (Runner runner = runner(part)) {
            return runner.compare(settings, List.of(Family.values()), seeds);
        }
    }

    /**
     * What no other setting beats, for each strategy: the text of the file that {@link #publish} reads.
     *
     * @param seeds how many of the tuning seeds it goes by
     */
    public String tune(int seeds) throws InterruptedException {
        List<Long> tuning = ranges.tuningSeeds();
        List<Long> few = tuning.subList(0, Math.min(seeds, tuning.size()));
        try (Runner runner = runner("tuning")) {
            return TUNED_HEAD
                    + new Tuning(runner, List.of(Family.values()), few)
                            .tune(Strategy.tunable()).stream().map(Tuned::text).collect(Collectors.joining());
        }
    }

    private Runner runner(String part) {
        return new Runner(ranges, threads, (done, whole) -> progress.at(part, done, whole));
    }
}
