package io.weir.simulate.score;

import io.weir.simulate.defence.Contestant;
import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Ranges;
import io.weir.simulate.scenario.Recording;
import io.weir.simulate.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * Runs contestants against families and seeds, on several threads; what comes of it does not depend on how many. A case's messages are drawn
 * once and sent to each contestant; when deferred ones come back depends on whom they met.
 */
final class Runner implements AutoCloseable {
    private final Ranges ranges;
    private final ExecutorService threads;
    private final BiConsumer<Integer, Integer> progress;

    /** @param progress is told how many cases are done, and of how many */
    Runner(Ranges ranges, int threads, BiConsumer<Integer, Integer> progress) {
        this.ranges = ranges;
        this.threads = Executors.newFixedThreadPool(threads);
        this.progress = progress;
    }

    /** One field for each contestant, in their order. */
    List<Field> run(List<? extends Contestant> contestants, List<Family> families, List<Long> seeds)
            throws InterruptedException {
        return run(contestants, families, seeds, UnaryOperator.identity());
    }

    /** The same without delays, which would take gigabytes of the many that hold everything back. */
    List<Field> compare(List<? extends Contestant> contestants, List<Family> families, List<Long> seeds)
            throws InterruptedException {
        return run(contestants, families, seeds, Score::withoutDelays);
    }

    private List<Field> run(
            List<? extends Contestant> contestants, List<Family> families, List<Long> seeds, UnaryOperator<Score> keep)
            throws InterruptedException {
        List<Future<List<Score>>> cases = new ArrayList<>();
        for (Family family : families) {
            for (long seed : seeds) {
                cases.add(threads.submit(one(contestants, family, seed, keep)));
            }
        }
        List<List<Score>> scores = new ArrayList<>(cases.size());
        for (Future<List<Score>> one : cases) {
            scores.add(await(one));
            progress.accept(scores.size(), cases.size());
        }
        return fields(contestants, families, seeds.size(), scores);
    }

    private Callable<List<Score>> one(
            List<? extends Contestant> contestants, Family family, long seed, UnaryOperator<Score> keep) {
        return () -> {
            Recording recording = new Recording(family, ranges, seed);
            List<Score> scores = new ArrayList<>(contestants.size());
            for (Contestant contestant : contestants) {
                Scenario scenario = recording.scenario();
                scores.add(keep.apply(new Simulation(scenario, contestant.against(scenario)).run()));
            }
            return scores;
        };
    }

    private static <T> T await(Future<T> run) throws InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a simulation failed: " + e.getCause(), e.getCause());
        }
    }

    /** @param cases those of the first family first, each with a score for each contestant */
    private static List<Field> fields(
            List<? extends Contestant> contestants, List<Family> families, int seeds, List<List<Score>> cases) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < contestants.size(); i++) {
            int number = i;
            List<FamilyScore> all = new ArrayList<>();
            for (int j = 0; j < families.size(); j++) {
                List<Score> scores = cases.subList(j * seeds, (j + 1) * seeds).stream()
                        .map(scoresOfCase -> scoresOfCase.get(number))
                        .toList();
                all.add(FamilyScore.of(families.get(j), scores));
            }
            fields.add(new Field(contestants.get(i), all));
        }
        return fields;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
