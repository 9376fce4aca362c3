package io.weir.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class DiceTest {
    private static final int DRAWS = 40_000;

    private record Moments(double mean, double variance) {}

    @Test
    void poissonHasItsMeanAndVariance() {
        for (double mean : new double[] {0.3, 5, 200}) {
            Moments moments = moments(random -> Dice.poisson(random, mean));
            assertThat(moments.mean).isCloseTo(mean, within(0.03 * mean));
            assertThat(moments.variance).isCloseTo(mean, within(0.05 * mean));
        }
    }

    @Test
    void gammaHasMeanOneAndTheVarianceOfItsShape() {
        for (double shape : new double[] {1.5, 4, 40}) {
            Moments moments = moments(random -> Dice.gamma(random, shape));
            assertThat(moments.mean).isCloseTo(1, within(0.02));
            assertThat(moments.variance).isCloseTo(1 / shape, within(0.06 / shape));
        }
    }

    @Test
    void aGeometricCountIsAtLeastOne() {
        Moments moments = moments(random -> Dice.geometric(random, 3));
        assertThat(moments.mean).isCloseTo(3, within(0.06));
        assertThat(moments.variance).isCloseTo(6, within(0.4));
        assertThat(Dice.geometric(new SplittableRandom(1), 1)).isEqualTo(1);
    }

    @Test
    void whatItGivesFollowsFromSeedAndPlace() {
        assertThat(Dice.at(7, 3).nextLong()).isEqualTo(Dice.at(7, 3).nextLong());
        assertThat(Dice.at(7, 3).nextLong()).isNotEqualTo(Dice.at(7, 4).nextLong());
        assertThat(Dice.at(7, 3).nextLong()).isNotEqualTo(Dice.at(8, 3).nextLong());
    }

    private static Moments moments(ToDoubleFunction<SplittableRandom> draw) {
        SplittableRandom random = new SplittableRandom(42);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double value = draw.applyAsDouble(random);
            sum += value;
            squares += value * value;
        }
        double mean = sum / DRAWS;
        return new Moments(mean, squares / DRAWS - mean * mean);
    }
}
