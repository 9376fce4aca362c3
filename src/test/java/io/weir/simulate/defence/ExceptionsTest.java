package io.weir.simulate.defence;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import io.weir.simulate.Spans;
import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Ranges;
import io.weir.simulate.scenario.Scenario;
import org.junit.jupiter.api.Test;

class ExceptionsTest {
    private static final Ranges RANGES = Ranges.shipped();

    @Test
    void anOverrideCoversItsAddressUntilItExpires() {
        Scenario scenario = Family.MIGRATION_ANNOUNCED.scenario(RANGES, 9_001);
        Exceptions exceptions = new Exceptions(scenario);
        ClientAddress moved = scenario.actors().get(1).origin().of(0, 0);
        long assessedMs = scenario.calendar().assessedMs();
        assertThat(exceptions.isNone()).isFalse();
        assertThat(exceptions.covers(moved, assessedMs)).isTrue();
        assertThat(exceptions.covers(moved, assessedMs + 11 * Spans.DAY_MS)).isFalse();
        assertThat(exceptions.covers(ClientAddress.parse("203.0.113.99"), assessedMs))
                .isFalse();
    }

    @Test
    void aConnectorCoversItsClientForGood() {
        Scenario scenario = Family.SECONDARY_MX_DECLARED.scenario(RANGES, 9_001);
        Exceptions exceptions = new Exceptions(scenario);
        ClientAddress backup = scenario.actors().get(0).origin().of(0, 0);
        assertThat(exceptions.covers(backup, scenario.endMs())).isTrue();
        assertThat(exceptions.covers(ClientAddress.parse("203.0.113.99"), scenario.endMs()))
                .isFalse();
        assertThat(new Exceptions(Family.SECONDARY_MX.scenario(RANGES, 9_001)).isNone())
                .isTrue();
    }
}
