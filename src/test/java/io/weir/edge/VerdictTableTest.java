package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.ClientAddress;
import io.weir.model.Verdict;
import org.junit.jupiter.api.Test;

class VerdictTableTest {
    private static final String CLIENT = "203.0.113.7";

    private final VerdictTable table = new VerdictTable();

    @Test
    void theLatestVerdictOfAClientIsKnown() {
        assertThat(table.verdictOf(CLIENT)).isNull();
        assertThat(table.take(CLIENT, Verdicts.throttle(CLIENT, 1000, 9000))).isTrue();
        assertThat(table.take(CLIENT, Verdicts.allow(CLIENT, 2000, 9000))).isTrue();
        assertThat(table.verdictOf(CLIENT)).isEqualTo(Verdicts.allow(CLIENT, 2000, 9000));
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void anOlderOrRepeatedSequenceIsNotTaken() {
        table.take(CLIENT, Verdicts.throttle(CLIENT, 2000, 9000));
        assertThat(table.take(CLIENT, Verdicts.allow(CLIENT, 1999, 9000))).isFalse();
        assertThat(table.take(CLIENT, Verdicts.allow(CLIENT, 2000, 9000))).isFalse();
        assertThat(table.verdictOf(CLIENT)).isEqualTo(Verdicts.throttle(CLIENT, 2000, 9000));
    }

    @Test
    void aTombstoneForgetsTheVerdictAndItsSequence() {
        table.take(CLIENT, Verdicts.throttle(CLIENT, 2000, 9000));
        assertThat(table.take(CLIENT, null)).isTrue();
        assertThat(table.verdictOf(CLIENT)).isNull();
        assertThat(table.take(CLIENT, null)).isFalse();
        assertThat(table.take(CLIENT, Verdicts.throttle(CLIENT, 1, 9000))).isTrue();
    }

    @Test
    void onlyThrottlesThatHoldAreListed() {
        table.take("192.0.2.1", Verdicts.throttle("192.0.2.1", 1000, 5000));
        table.take("192.0.2.2", Verdicts.throttle("192.0.2.2", 1000, 5001));
        table.take("192.0.2.3", Verdicts.allow("192.0.2.3", 1000, 9000));
        assertThat(table.throttlesAt(5000)).extracting(Verdict::client).containsExactly("192.0.2.2");
    }

    @Test
    void aFullTableForgetsWhatHasExpiredAndThenTakesNoMore() {
        VerdictTable small = new VerdictTable(2);
        small.take("192.0.2.1", Verdicts.throttle("192.0.2.1", 1000, 2000));
        small.take("192.0.2.2", Verdicts.throttle("192.0.2.2", 1000, 9000));
        assertThat(small.take("192.0.2.3", Verdicts.throttle("192.0.2.3", 2000, 9000)))
                .isTrue();
        assertThat(small.verdictOf("192.0.2.1")).isNull();

        assertThat(small.take("192.0.2.4", Verdicts.throttle("192.0.2.4", 3000, 9000)))
                .isFalse();
        assertThat(small.refusals()).isEqualTo(1);
        assertThat(small.take("192.0.2.2", Verdicts.allow("192.0.2.2", 3000, 9000)))
                .isTrue();
    }

    @Test
    void recurringTextsAreKeptOnce() {
        table.take("192.0.2.1", Verdicts.throttle("192.0.2.1", 1000, 9000));
        table.take("192.0.2.2", Verdicts.throttle("192.0.2.2", 1000, 9000));
        Verdict one = table.verdictOf("192.0.2.1");
        Verdict other = table.verdictOf("192.0.2.2");
        assertThat(one).isNotNull();
        assertThat(other).isNotNull();
        assertThat(one.reason()).isSameAs(other.reason());
        assertThat(one.rules()).isSameAs(other.rules());
        assertThat(one.enhancedStatusCode()).isSameAs(other.enhancedStatusCode());
    }

    @Test
    void overridesAreNotItsAffair() {
        assertThat(table.overrideOf(ClientAddress.parse(CLIENT).sender(), 0)).isNull();
    }

    @Test
    void aTableWithoutRoomIsRefused() {
        assertThatThrownBy(() -> new VerdictTable(0)).hasMessage("capacity must be at least 1, got 0");
    }
}
