package io.weir.simulate.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Ranges;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuningTest {
    private static final List<Family> FAMILIES = List.of(Family.NEWCOMER_BLAST, Family.SECONDARY_MX);
    private static final List<Long> SEEDS = List.of(9_001L, 9_002L);

    @Test
    void whatItFindsIsNoWorseThanItsGridAndFinerWhereThatHelps() throws InterruptedException {
        try (Runner runner = new Runner(Ranges.shipped(), 2, (done, of) -> {})) {
            Tuned found = new Tuning(runner, FAMILIES, SEEDS)
                    .tune(List.of(Strategy.RATE_WINDOW))
                    .get(0);
            List<Field> grid = runner.compare(Strategy.RATE_WINDOW.settings(), FAMILIES, SEEDS);
            Field best =
                    runner.compare(List.of(found.cheapest()), FAMILIES, SEEDS).get(0);
            assertThat(grid).allMatch(field -> Tuned.cost(best) <= Tuned.cost(field));
            assertThat(found.front()).contains(found.cheapest());
            assertThat(found.front())
                    .anyMatch(setting -> !Strategy.RATE_WINDOW.settings().contains(setting));
        }
    }

    @Test
    void whatIsFoundIsReadAsItIsWritten() {
        List<Setting> settings = Strategy.Z_SCORE.settings();
        Tuned tuned = new Tuned(Strategy.Z_SCORE, settings.subList(3, 16), settings.get(5));
        assertThat(tuned.text().lines())
                .hasSize(14)
                .first()
                .isEqualTo("z-score.cheapest = " + settings.get(5).text());
        assertThat(Tuned.shipped()).extracting(Tuned::strategy).isEqualTo(Strategy.tunable());
        assertThat(Tuned.shipped()).allMatch(one -> one.front().contains(one.cheapest()));
    }

    @Test
    void aSettingsNeighboursLieHalfAStepAway() {
        Setting setting = Setting.parse(Strategy.LEAKY_BUCKET, "burst=100 per-hour=30");
        assertThat(setting.neighbours())
                .hasSize(9)
                .contains(setting)
                .extracting(Setting::text)
                .contains("burst=58 per-hour=17", "burst=170 per-hour=52");
        assertThat(Setting.parse(Strategy.GREYLIST, "delay-s=300 whitelist-after=0")
                        .neighbours())
                .extracting(Setting::text)
                .containsExactly(
                        "delay-s=170 whitelist-after=0",
                        "delay-s=300 whitelist-after=0",
                        "delay-s=520 whitelist-after=0");
    }
}
