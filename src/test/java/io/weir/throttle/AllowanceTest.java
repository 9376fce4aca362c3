package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowanceTest {
    private static Allowance of(Horizon horizon, long record, String... rules) {
        Rules read = rules.length == 0 ? Rules.DEFAULTS : Rules.of(Map.of(rules[0], rules[1]));
        return Allowance.of(horizon, record, read.mail(), 0, false);
    }

    @Test
    void aNewcomersIsItsShare() {
        assertThat(of(Horizon.FIVE_MINUTES, 0).recipients()).isEqualTo(40);
        assertThat(of(Horizon.HOUR, 0).recipients()).isEqualTo(120);
        assertThat(of(Horizon.DAY, 0).recipients()).isEqualTo(400);
    }

    @Test
    void aRecordIsMultipliedByGrowthAndRefill() {
        Allowance hour = of(Horizon.HOUR, 600);
        assertThat(hour.recipients()).isEqualTo(2_400);
        assertThat(hour.burst()).isEqualTo(1_200);
        assertThat(hour.perSlotMicros()).isEqualTo(20 * Allowance.MICROS);
        Allowance day = of(Horizon.DAY, 6_000);
        assertThat(day.recipients()).isEqualTo(21_000);
        assertThat(day.burst()).isEqualTo(12_000);
        assertThat(day.perSlotMicros()).isEqualTo(6_250_000);
    }

    @Test
    void noiseAddsThreeStandardDeviationsToTheBurst() {
        Allowance hour = Allowance.of(Horizon.HOUR, 10_000, Rules.DEFAULTS.mail(), 3, false);
        assertThat(hour.recipients()).isEqualTo(40_300);
        assertThat(hour.burst()).isEqualTo(20_300);
    }

    @Test
    void badConductIsHeldToTheFloor() {
        Allowance day = Allowance.of(Horizon.DAY, 100_000, Rules.DEFAULTS.mail(), 3, true);
        assertThat(day.recipients()).isEqualTo(100);
    }

    @Test
    void theCapIsAboveEverything() {
        Allowance day = of(Horizon.DAY, 5_000_000, "cap.1d", "1000");
        assertThat(day.recipients()).isEqualTo(1_000);
        assertThat(day.burst()).isBetween(500L, 1_000L);
    }

    @Test
    void theFloorIsBelowEverything() {
        assertThat(of(Horizon.DAY, 0, "newcomer.1d", "1").recipients()).isEqualTo(100);
    }

    /** Whoever uses all of its record twice side by side needs a burst of two records. */
    @ParameterizedTest
    @CsvSource({"1", "2", "3", "7", "10", "99", "12345", "9999999"})
    void theBurstIsAtLeastTwoRecords(long record) {
        for (Horizon horizon : Horizon.all()) {
            Allowance allowance = of(horizon, record, "cap.5m", "10000000");
            if (allowance.recipients() < 10_000_000) {
                assertThat(allowance.burstMicros()).isGreaterThanOrEqualTo(2 * record * Allowance.MICROS - 1);
                assertThat(allowance.perSlotMicros() * horizon.slots())
                        .isGreaterThanOrEqualTo(record * Allowance.MICROS);
            }
        }
    }
}
