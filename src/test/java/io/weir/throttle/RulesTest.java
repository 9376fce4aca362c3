package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.Mode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RulesTest {
    @Test
    void theEmptyDocumentIsTheDefaults() {
        assertThat(Rules.of(Map.of())).isEqualTo(Rules.DEFAULTS);
        assertThat(Rules.DEFAULTS.mode(Reason.VOLUME_SURGE)).isEqualTo(Mode.SHADOW);
        assertThat(Rules.DEFAULTS.learning(0)).isFalse();
        assertThat(Rules.DEFAULTS.deniedEdges()).isEmpty();
    }

    /** Who writes a default down, or in another order, judges as before and must not seem to have changed the rules. */
    @Test
    void equalJudgementsHaveEqualIds() {
        Map<String, String> spelled = new HashMap<>();
        for (RuleKey key : RuleKey.values()) {
            spelled.put(key.id(), " " + key.standard() + " ");
        }
        spelled.put("mode.spam-share", "shadow");
        assertThat(Rules.of(spelled).id()).isEqualTo(Rules.DEFAULTS.id());
        assertThat(Rules.of(spelled)).isEqualTo(Rules.DEFAULTS);
    }

    @Test
    void anotherJudgementHasAnotherId() {
        assertThat(Rules.of(Map.of("growth.1d", "3")).id())
                .isNotEqualTo(Rules.DEFAULTS.id())
                .matches("[0-9a-f]{8}");
        assertThat(Rules.of(Map.of("mode.volume-surge", "enforce")).id()).isNotEqualTo(Rules.DEFAULTS.id());
    }

    @Test
    void aDocumentIsReadInFull() {
        Rules rules = Rules.of(Map.of(
                "learn.until.ms", "1795503060123",
                "growth.1d", "2.5",
                "newcomer.null.1h", "77",
                "mode.null-sender-surge", "enforce",
                "edges.denied", "mx7, mx8,,"));
        assertThat(rules.learning(1_795_503_060_122L)).isTrue();
        assertThat(rules.learning(1_795_503_060_123L)).isFalse();
        assertThat(rules.mail().growth().of(Horizon.DAY)).isEqualTo(2.5);
        assertThat(rules.bounces().newcomer().hour()).isEqualTo(77);
        assertThat(rules.mode(Reason.NULL_SENDER_SURGE)).isEqualTo(Mode.ENFORCE);
        assertThat(rules.deniedEdges()).containsExactlyInAnyOrder("mx7", "mx8");
        assertThat(rules.settings()).containsEntry("growth.1d", "2.5").containsEntry("growth.1h", "2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "growth.1d        | 1.9        | rule growth.1d is '1.9'; allowed is a number from 2.0 to 10.0",
                "growth.5m        | NaN        | rule growth.5m is 'NaN'; allowed is a number from 2.0 to 10.0",
                "refill.1h        | two        | rule refill.1h is 'two'; allowed is a number from 1.0 to 10.0",
                "noise            | -1         | rule noise is '-1'; allowed is a number from 0.0 to 10.0",
                "newcomer.5m      | 0          | rule newcomer.5m is '0'; allowed is a whole number from 1 to 10000000",
                "cap.1d           | 10000001   | rule cap.1d is '10000001'; allowed is a whole number from 1 to 10000000",
                "verdict.life.ms  | 60000      | rule verdict.life.ms is '60000'; allowed is a whole number from 120000 to 86400000",
                "ipv6.prefix      | 129        | rule ipv6.prefix is '129'; allowed is a whole number from 48 to 128",
                "learn.until.ms   | soon       | rule learn.until.ms is 'soon'; allowed is a whole number from 0 to",
                "conduct.spam.share | 0        | rule conduct.spam.share is '0'; allowed is a number from 0.01 to 1.0",
                "mode.spam-share  | Enforce    | rule mode.spam-share is 'Enforce'; allowed are shadow and enforce",
                "mode.spam        | enforce    | unknown rule 'mode.spam'; allowed are",
                "grwoth.1d        | 2          | unknown rule 'grwoth.1d'; allowed are cap.1d, cap.1h",
            })
    void aWrongRuleIsNamedWithWhatIsAllowed(String key, String value, String message) {
        assertThatThrownBy(() -> Rules.of(Map.of(key, value)))
                .isInstanceOf(RulesException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void longValuesAreRefusedAndNeverQuotedInFull() {
        assertThatThrownBy(() -> Rules.of(Map.of("growth.1d", "9".repeat(5_000))))
                .isInstanceOf(RulesException.class)
                .hasMessageContaining("999...")
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(200));
        assertThatThrownBy(() -> Rules.of(Map.of("edges.denied", "x".repeat(10_001))))
                .hasMessage("rule edges.denied is longer than 10000 characters");
    }

    @Test
    void tooManyKeysAreRefused() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 1_001; i++) {
            many.put("k" + i, "1");
        }
        assertThatThrownBy(() -> Rules.of(many)).hasMessage("rules have 1001 keys; at most 1000 are allowed");
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyHasADefaultThatIsAllowedAndAMeaning(RuleKey key) {
        assertThat(Rules.of(Map.of(key.id(), key.standard()))).isEqualTo(Rules.DEFAULTS);
        assertThat(key.meaning()).isNotBlank();
        assertThat(RuleKey.of(key.id())).contains(key);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonHasItsOwnCodesWithinTheirRange(Reason reason) {
        assertThat(reason.enhancedStatusCode()).matches("4\\.7\\.[56]\\d\\d");
        assertThat(Reason.of(reason.id())).contains(reason);
        assertThat(reason.text()).matches("[ -~]+");
        for (Reason other : Reason.values()) {
            if (other != reason) {
                assertThat(other.as()).isNotEqualTo(reason.as());
                assertThat(other.enhancedStatusCode()).isNotEqualTo(reason.enhancedStatusCode());
            }
        }
    }
}
