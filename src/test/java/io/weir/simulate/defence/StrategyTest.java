package io.weir.simulate.defence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulate.defence.Strategy.Setting;
import org.junit.jupiter.api.Test;

class StrategyTest {
    @Test
    void aSettingIsReadAsItIsWritten() {
        for (Strategy strategy : Strategy.values()) {
            assertThat(strategy.settings()).isNotEmpty().doesNotHaveDuplicates();
            for (Setting setting : strategy.settings()) {
                assertThat(Setting.parse(strategy, setting.text())).isEqualTo(setting);
            }
        }
    }

    @Test
    void aSettingOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> Setting.parse(Strategy.GREYLIST, "limit=10 unit-s=60"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'limit=10 unit-s=60' is no setting of greylist");
    }

    @Test
    void weirAsShippedIsOnItsGrid() {
        assertThat(Strategy.WEIR.settings()).contains(Strategy.shipped());
        assertThat(Strategy.tunable()).contains(Strategy.WEIR).doesNotContain(Strategy.BOUND);
    }
}
