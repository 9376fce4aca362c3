package io.weir.simulate.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Ranges;
import io.weir.simulate.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunnerTest {
    private static final Ranges RANGES = Ranges.shipped();
    private static final long SEED = 9_001;

    /** Of every kind of arrivals, and what happens at moments of their own. */
    @ParameterizedTest
    @EnumSource(
            value = Family.class,
            names = {"MAILING_LIST", "INCIDENT", "WARM_UP_ADVISED", "PULSING", "POISONING"})
    void whatIsDrawnOnceFaresAsIfItWereDrawnForEach(Family family) throws InterruptedException {
        List<Setting> settings = List.of(
                Strategy.shipped(),
                Strategy.ceiling(),
                Strategy.Z_SCORE.settings().get(0));
        List<Field> fields;
        try (Runner runner = new Runner(RANGES, 1, (done, of) -> {})) {
            fields = runner.run(settings, List.of(family), List.of(SEED));
        }
        for (int i = 0; i < settings.size(); i++) {
            Scenario scenario = family.scenario(RANGES, SEED);
            Score alone = new Simulation(scenario, settings.get(i).against(scenario)).run();
            assertThat(fields.get(i).families()).containsExactly(FamilyScore.of(family, List.of(alone)));
        }
    }

    @Test
    void howManyThreadsMakesNoDifference() throws InterruptedException {
        assertThat(text(1)).isEqualTo(text(2));
    }

    private static String text(int threads) throws InterruptedException {
        List<Family> families = List.of(Family.HIJACKED_X5, Family.SNOWSHOE_SPARSE, Family.INCIDENT);
        try (Runner runner = new Runner(RANGES, threads, (done, of) -> {})) {
            List<Field> fields =
                    runner.run(List.of(Strategy.shipped(), Strategy.ceiling()), families, List.of(SEED, SEED + 1));
            return FamilyTable.of(fields.get(0), fields.get(1)).plain();
        }
    }
}
