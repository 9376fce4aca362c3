package io.weir.simulate.score;

import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import io.weir.simulate.scenario.Family;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for the best settings of the others, on the tuning seeds: a grid first, then, around what is cheapest so far, settings at half a step,
 * until nothing around it is cheaper: an optimum beyond a grid's end is found too. A setting that defers more than a quarter of all legitimate mail is of no use
 * to anybody; the grid is rid of those by the first seed alone, since they take most of the time. Weir itself is not looked for: it is as it is
 * shipped, and its grid is for its curve.
 */
final class Tuning {
    private static final int MOST_REFINEMENTS = 8;
    private static final double MOST_DEFERRED = 0.25;

    private final Runner runner;
    private final List<Family> families;
    private final List<Long> seeds;
    private final List<Field> fields = new ArrayList<>();

    Tuning(Runner runner, List<Family> families, List<Long> seeds) {
        this.runner = runner;
        this.families = List.copyOf(families);
        this.seeds = List.copyOf(seeds);
    }

    /** What was found for each, in their order. */
    List<Tuned> tune(List<Strategy> strategies) throws InterruptedException {
        run(useful(strategies.stream()
                .flatMap(strategy -> strategy.settings().stream())
                .toList()));
        for (int i = 0; i < MOST_REFINEMENTS; i++) {
            run(strategies.stream()
                    .filter(strategy -> strategy != Strategy.WEIR)
                    .flatMap(strategy -> tuned(strategy).cheapest().neighbours().stream())
                    .toList());
        }
        return strategies.stream().map(this::tuned).toList();
    }

    private List<Setting> useful(List<Setting> settings) throws InterruptedException {
        return runner.compare(settings, families, seeds.subList(0, 1)).stream()
                .filter(field -> field.goodDeferred() <= MOST_DEFERRED)
                .map(field -> (Setting) field.contestant())
                .toList();
    }

    private void run(List<Setting> settings) throws InterruptedException {
        Set<Setting> fresh = new LinkedHashSet<>(settings);
        fields.forEach(known -> fresh.remove(known.contestant()));
        if (!fresh.isEmpty()) {
            fields.addAll(runner.compare(List.copyOf(fresh), families, seeds));
        }
    }

    private Tuned tuned(Strategy strategy) {
        return Tuned.of(
                strategy,
                fields.stream()
                        .filter(field ->
                                field.contestant() instanceof Setting setting && setting.strategy() == strategy)
                        .toList());
    }
}
