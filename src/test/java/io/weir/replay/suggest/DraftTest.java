package io.weir.replay.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Outcome;
import io.weir.throttle.Allowances;
import io.weir.throttle.Horizon;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DraftTest {
    /** The meaning of the suggested numbers: so much may come at once without being deferred. */
    @Property(tries = 200)
    void underTheSuggestedAllowanceTheVolumeMayComeAtOnce(
            @ForAll @LongRange(min = 1, max = 1_000_000) long volume, @ForAll @IntRange(min = 2, max = 4) int growth) {
        Map<String, String> document = new HashMap<>();
        for (RuleKey key : List.of(RuleKey.GROWTH_5M, RuleKey.GROWTH_1H, RuleKey.GROWTH_1D)) {
            document.put(key.id(), Integer.toString(growth));
        }
        PerHorizon allowed = Draft.allowances(new PerHorizon(volume, volume, volume), Rules.of(document));
        document.put(RuleKey.NEWCOMER_5M.id(), Long.toString(allowed.fiveMinutes()));
        document.put(RuleKey.NEWCOMER_1H.id(), Long.toString(allowed.hour()));
        document.put(RuleKey.NEWCOMER_1D.id(), Long.toString(allowed.day()));
        Allowances newcomer = Allowances.ofMail(PerHorizon.ZERO, Rules.of(document));
        for (Horizon horizon : Horizon.values()) {
            assertThat(newcomer.get(horizon).burst()).isGreaterThanOrEqualTo(volume);
        }
    }

    @Test
    void theFirstDraftIsWhatIsShippedWhenNobodyNeedsAnythingElse() {
        Study study = new Study(Rules.DEFAULTS);
        new MadeUpSite()
                .daily("198.51.100.1", 0, 25, 900, Outcome.ADMITTED)
                .events()
                .forEach(study::add);
        assertThat(Draft.of(study)).hasSize(3).first().isEqualTo(Draft.SHIPPED);
        assertThat(Draft.of(study).get(1).document())
                .containsOnlyKeys("growth.5m", "growth.1h", "growth.1d")
                .containsValue("3");
    }
}
