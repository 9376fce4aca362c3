package io.weir.simulate.score;

import io.weir.simulate.defence.Contestant;
import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Ranges;
import io.weir.simulate.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/** Runs contestants against families and seeds, on several threads; what comes of it does not depend on how many. */
final class Runner implements AutoCloseable {
    private final Ranges ranges;
    private final ExecutorService threads;
    private final BiConsumer<Integer, Integer> progress;

    /** @param progress is told how many runs are done, and of how many */
    Runner(Ranges ranges, int threads, BiConsumer<Integer, Integer> progress) {
        this.ranges = ranges;
        this.threads = Executors.newFixedThreadPool(threads);
        this.progress = progress;
    }

    /** One field for each contestant, in their order. */
    List<Field> run(List<? extends Contestant> contestants, List<Family> families, List<Long> seeds)
            throws InterruptedException {
        List<Future<Score>> runs = new ArrayList<>();
        for (Contestant contestant : contestants) {
            for (Family family : families) {
                for (long seed : seeds) {
                    runs.add(threads.submit(one(contestant, family, seed)));
                }
            }
        }
        List<Score> scores = new ArrayList<>(runs.size());
        for (Future<Score> run : runs) {
            scores.add(await(run));
            progress.accept(scores.size(), runs.size());
        }
        return fields(contestants, families, seeds.size(), scores);
    }

    private Callable<Score> one(Contestant contestant, Family family, long seed) {
        return () -> {
            Scenario scenario = family.scenario(ranges, seed);
            return new Simulation(scenario, contestant.against(scenario)).run();
        };
    }

    private static Score await(Future<Score> run) throws InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a simulation failed: " + e.getCause(), e.getCause());
        }
    }

    private static List<Field> fields(
            List<? extends Contestant> contestants, List<Family> families, int seeds, List<Score> scores) {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        for (Contestant contestant : contestants) {
            List<FamilyScore> all = new ArrayList<>();
            for (Family family : families) {
                all.add(new FamilyScore(family, scores.subList(at, at + seeds)));
                at += seeds;
            }
            fields.add(new Field(contestant, all));
        }
        return fields;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
