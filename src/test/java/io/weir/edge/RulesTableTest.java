package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.Gap;
import io.weir.model.RulesChange;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedRecordException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesTableTest {
    private final RulesTable table = new RulesTable();

    private void take(WeirEvent event) {
        table.take("rules", new EventJson().write(event));
        table.show();
    }

    private static RulesChange rules(Map<String, String> settings) {
        return new RulesChange("operator pm", 1_000, settings);
    }

    @Test
    void nothingIsShadowedWhileNoRulesAreKnown() {
        assertThat(table.isShadowed("volume-surge")).isFalse();
    }

    @Test
    void theLatestRulesCount() {
        take(rules(Map.of("mode.volume-surge", "enforce")));
        assertThat(table.isShadowed("volume-surge")).isFalse();
        take(rules(Map.of("mode.volume-surge", "shadow")));
        assertThat(table.isShadowed("volume-surge")).isTrue();
        take(rules(Map.of("mode.volume-surge", "enforce")));
        assertThat(table.isShadowed("volume-surge")).isFalse();
    }

    @Test
    void aModeThatIsNotGivenIsShadow() {
        take(rules(Map.of("mode.volume-surge", "enforce")));
        assertThat(table.isShadowed("spam-share")).isTrue();
    }

    @Test
    void rulesThatThisEdgeDoesNotKnowDoNotKeepItFromStopping() {
        take(rules(Map.of("mode.of-the-future", "shadow", "rule.of-the-future", "1")));
        assertThat(table.isShadowed("of-the-future")).isTrue();
        assertThat(table.isShadowed("volume-surge")).isTrue();
    }

    @Test
    void whatIsMalformedIsSkippedAndTheRulesBeforeItHold() {
        take(rules(Map.of("mode.volume-surge", "enforce")));
        assertThatThrownBy(() -> take(rules(Map.of("mode.volume-surge", "off"))))
                .isInstanceOf(MalformedRecordException.class);
        assertThatThrownBy(() -> take(new Gap("mx1", 3, 1, 2))).isInstanceOf(MalformedRecordException.class);
        assertThatThrownBy(() -> table.take("rules", new byte[] {'{'})).isInstanceOf(MalformedRecordException.class);
        table.take("rules", null);
        table.take("other", new byte[] {'{'});
        assertThat(table.isShadowed("volume-surge")).isFalse();
    }

    /** Regression: edges took every /64 for a sender, and found no verdict where the rules say otherwise. */
    @Test
    void howManyBitsMakeASenderIsToldByTheRules() {
        assertThat(table.ipv6Prefix()).isEqualTo(64);
        take(rules(Map.of("ipv6.prefix", "56")));
        assertThat(table.ipv6Prefix()).isEqualTo(56);
        for (String wrong : new String[] {"47", "129", "many", ""}) {
            take(rules(Map.of("ipv6.prefix", wrong, "mode.volume-surge", "shadow")));
            assertThat(table.ipv6Prefix()).isEqualTo(64);
            assertThat(table.isShadowed("volume-surge")).isTrue();
        }
    }

    @Test
    void whileTheTopicIsReadAnewTheRulesBeforeCount() {
        take(rules(Map.of("mode.volume-surge", "enforce", "ipv6.prefix", "56")));
        table.begin();
        assertThat(table.isShadowed("volume-surge")).isFalse();
        assertThat(table.isShadowed("spam-share")).isTrue();
        table.show();
        assertThat(table.isShadowed("spam-share")).isTrue();
        assertThat(table.ipv6Prefix()).isEqualTo(56);
    }
}
