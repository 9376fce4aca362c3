package io.weir.replay.offline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryModelTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    /** A moment at which no queue runs. */
    private static final long NOW = 1_000_000_000_000L + 97_000;

    private static List<Long> tries(RetryModel model) {
        List<Long> tries = new ArrayList<>();
        for (long at = model.next(NOW, NOW, 0); at != RetryModel.GIVEN_UP; at = model.next(NOW, at, 0)) {
            tries.add(at - NOW);
        }
        return tries;
    }

    @Test
    void postfixWaitsAsLongAsTheMessageHasWaited() {
        List<Long> tries = tries(RetryModel.POSTFIX);
        assertThat(tries.get(0)).isBetween(5 * MINUTE, 10 * MINUTE);
        assertThat(tries.get(1)).isBetween(2 * tries.get(0), 2 * tries.get(0) + 5 * MINUTE);
        // 4000 s, at the next run.
        assertThat(tries.get(20) - tries.get(19)).isBetween(4_000_000L, 4_000_000 + 5 * MINUTE);
        assertThat(tries.get(tries.size() - 1)).isBetween(118 * HOUR, 120 * HOUR);
    }

    @Test
    void eximTriesEveryQuarterThenLessOften() {
        List<Long> tries = tries(RetryModel.EXIM);
        assertThat(tries.stream().filter(at -> at <= 2 * HOUR)).hasSizeBetween(3, 8);
        assertThat(tries.get(tries.size() - 1) - tries.get(tries.size() - 2)).isEqualTo(6 * HOUR);
        assertThat(tries.get(tries.size() - 1)).isBetween(90 * HOUR, 96 * HOUR);
    }

    @Test
    void exchangeTriesEveryQuarterForTwoDays() {
        assertThat(tries(RetryModel.EXCHANGE)).hasSize(2 * 24 * 4 - 1).contains(15 * MINUTE, 30 * MINUTE);
    }

    @Test
    void whatGivesUpAtOnceNeverTries() {
        assertThat(tries(RetryModel.NONE)).isEmpty();
    }

    @Test
    void noTwoMessagesAreTriedAtTheSameMoment() {
        assertThat(RetryModel.POSTFIX.next(NOW, NOW, 12_345) - RetryModel.POSTFIX.next(NOW, NOW, 0))
                .isEqualTo(12_345);
        assertThat(RetryModel.POSTFIX.next(NOW, NOW, Long.MIN_VALUE)).isGreaterThan(NOW);
    }

    @ParameterizedTest
    @EnumSource(RetryModel.class)
    void isFoundByItsName(RetryModel model) {
        assertThat(RetryModel.of(model.label())).contains(model);
        assertThat(RetryModel.labels()).contains(model.label());
    }
}
