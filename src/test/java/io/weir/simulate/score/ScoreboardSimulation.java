package io.weir.simulate.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.simulate.defence.Contestant;
import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Ranges;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One case of the families that matter most, by a seed that is neither tuned by nor reported: the aims that hold are held to. */
class ScoreboardSimulation {
    private static final long SEED = 9_001;

    private static final List<Family> FAMILIES = List.of(
            Family.DIURNAL,
            Family.NEWSLETTER,
            Family.INVOICES,
            Family.NAT,
            Family.MAILING_LIST,
            Family.INCIDENT,
            Family.MIGRATION_ANNOUNCED,
            Family.MIGRATION_POOLED,
            Family.WARM_UP_ADVISED,
            Family.OUTAGE,
            Family.SECONDARY_MX_DECLARED,
            Family.CLOCK_SKEW,
            Family.HIJACKED_X20,
            Family.HIJACKED_X100,
            Family.NEWCOMER_BLAST,
            Family.PULSING,
            Family.SLOW_RAMP,
            Family.POISONING,
            Family.SNOWSHOE_DENSE,
            Family.IPV6_64,
            Family.IPV6_48,
            Family.DORMANT,
            Family.BOUNCE_STORM);

    /** Why, says the scoreboard; whoever mends one takes it out here. */
    private static final Set<String> NOT_REACHED = Set.of(
            "hijacked-x20 abuse-deferred",
            "hijacked-x20 detected",
            "hijacked-x100 abuse-deferred",
            "pulsing abuse-deferred",
            "ipv6-48 abuse-deferred");

    private static Field weir;
    private static List<Aims.Result> aims;

    @BeforeAll
    static void run() throws InterruptedException {
        List<Field> fields = run(List.of(Strategy.shipped(), Strategy.ceiling()));
        weir = fields.get(0);
        aims = Aims.shipped().results(weir, fields.get(1));
    }

    private static List<Field> run(List<? extends Contestant> contestants) throws InterruptedException {
        try (Runner runner = new Runner(Ranges.shipped(), 2, (done, of) -> {})) {
            return runner.run(contestants, FAMILIES, List.of(SEED));
        }
    }

    @Test
    void theAimsThatHoldAreHeldTo() {
        assertThat(aims).hasSizeGreaterThan(40);
        assertThat(aims)
                .filteredOn(result -> !result.isReached())
                .extracting(
                        result -> result.family().id() + " " + result.measure().id())
                .isSubsetOf(NOT_REACHED);
    }

    @Test
    void noOtherStrategyIsBetterInBothWays() throws InterruptedException {
        List<Setting> others = new ArrayList<>();
        Tuned.shipped().stream()
                .filter(one -> one.strategy() != Strategy.WEIR)
                .forEach(one -> others.add(one.marked()));
        assertThat(run(others))
                .hasSize(5)
                .allSatisfy(other -> assertThat(other.abuseDelivered() > weir.abuseDelivered()
                                || other.goodDeferred() > weir.goodDeferred())
                        .as(((Setting) other.contestant()).text())
                        .isTrue());
    }
}
