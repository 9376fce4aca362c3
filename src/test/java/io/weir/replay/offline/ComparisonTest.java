package io.weir.replay.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.replay.SimulatedMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final SimulatedMonth MONTH = new SimulatedMonth(5, 20, 6);
    private static final Comparison.Names NAMES = new Comparison.Names("new.rules", "old.rules");

    private static Tally under(Map<String, String> document) {
        Setup setup = Setup.of(
                Way.WHAT_IF,
                Replayed.SECRET,
                Learning.rules(document, Way.WHAT_IF, 14, SimulatedMonth.START_MS, SimulatedMonth.at(28, 0)),
                RetryModel.POSTFIX);
        return Replayed.of(setup, MONTH.mail()).tally();
    }

    @Test
    void tellsWhoIsDeferredUnderOneAndNotTheOther() {
        Tally old = under(Map.of());
        Tally loose = under(Map.of("newcomer.5m", "1000", "newcomer.1h", "6000", "newcomer.1d", "50000"));

        Comparison comparison = Comparison.of(Way.WHAT_IF, NAMES, loose, old);

        assertThat(comparison.onlyOld())
                .extracting(one -> one.sender().text())
                .contains(SimulatedMonth.BLAST, SimulatedMonth.HIJACKED);
        assertThat(comparison.onlyNew()).isEmpty();
        assertThat(comparison.totalNew().deferred())
                .isLessThan(comparison.totalOld().deferred());
        assertThat(comparison.totalNew().hours())
                .isLessThan(comparison.totalOld().hours());
        assertThat(comparison.differences().stream()
                        .mapToLong(Comparison.Difference::more)
                        .sum())
                .as("senders' differences make up the total")
                .isEqualTo(
                        comparison.totalNew().deferred() - comparison.totalOld().deferred());
        assertThat(comparison.text())
                .contains("Way what-if: new.rules (new) against old.rules (old).")
                .contains("Deferred by the old rules alone: ")
                .contains(SimulatedMonth.BLAST);
    }

    @Test
    void theSameRulesDifferInNothing() {
        Comparison comparison = Comparison.of(Way.WHAT_IF, NAMES, under(Map.of()), under(Map.of()));
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.text()).contains("No sender fares differently.");
    }
}
