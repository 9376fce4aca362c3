package io.weir.replay.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Mode;
import io.weir.throttle.Reason;
import io.weir.throttle.Rules;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static final long DAY = 86_400_000;
    private static final long FIRST = 20_000 * DAY;

    private static long until(Map<String, String> document, Integer days, long lastMs) {
        return Learning.rules(document, Way.AS_RECORDED, days, FIRST, lastMs).learnUntilMs();
    }

    @Test
    void aMonthTeachesForTwoWeeks() {
        assertThat(until(Map.of(), null, FIRST + 30 * DAY)).isEqualTo(FIRST + 14 * DAY);
    }

    @Test
    void aShorterPastTeachesForItsFirstHalf() {
        assertThat(until(Map.of(), null, FIRST + 11 * DAY)).isEqualTo(FIRST + 5 * DAY);
        assertThat(until(Map.of(), null, FIRST + 4 * DAY)).isEqualTo(FIRST + 2 * DAY);
    }

    @Test
    void aDayTeachesNothing() {
        assertThat(until(Map.of(), null, FIRST + DAY)).isZero();
    }

    @Test
    void whereTheEndIsUnknownALiveSitesTwoWeeksHold() {
        assertThat(until(Map.of(), null, Long.MAX_VALUE)).isEqualTo(FIRST + 14 * DAY);
    }

    @Test
    void whoeverSaysHowLongIsObeyed() {
        assertThat(until(Map.of(), 3, FIRST + 30 * DAY)).isEqualTo(FIRST + 3 * DAY);
        assertThat(until(Map.of("learn.until.ms", Long.toString(FIRST + DAY)), 0, FIRST + 30 * DAY))
                .isZero();
    }

    @Test
    void aDocumentsOwnEndHoldsWhereItLiesWithin() {
        assertThat(until(Map.of("learn.until.ms", Long.toString(FIRST + 9 * DAY)), null, FIRST + 30 * DAY))
                .isEqualTo(FIRST + 9 * DAY);
        // The live site's, years after the log: it would judge nothing.
        assertThat(until(Map.of("learn.until.ms", Long.toString(FIRST + 900 * DAY)), null, FIRST + 30 * DAY))
                .isEqualTo(FIRST + 14 * DAY);
    }

    @Test
    void whatTheDocumentDoesNotNameIsEnforcedOnTheWayWhatIf() {
        Rules rules = Learning.rules(Map.of("mode.spam-share", "shadow"), Way.WHAT_IF, 0, FIRST, FIRST + DAY);
        assertThat(rules.mode(Reason.SPAM_SHARE)).isEqualTo(Mode.SHADOW);
        assertThat(rules.mode(Reason.NEWCOMER_VOLUME)).isEqualTo(Mode.ENFORCE);
        assertThat(Learning.rules(Map.of(), Way.AS_RECORDED, 0, FIRST, FIRST + DAY))
                .isEqualTo(Rules.DEFAULTS);
    }
}
