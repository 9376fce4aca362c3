package io.weir.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.ClientAddress;
import io.weir.model.OperatorOverride;
import io.weir.serde.MalformedOverrideException;
import io.weir.serde.OverrideJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverrideTableTest {
    private static final long HOUR = 3_600_000;

    private long now = 1_795_503_060_123L;
    private final OverrideTable table = new OverrideTable(() -> now);

    private void take(String target, OperatorOverride.Action action, long lifeMs) {
        OperatorOverride override =
                new OperatorOverride(target, action, 0.01, "operator pm", "a test", now, now + lifeMs);
        table.take(target, OverrideJson.write(override));
    }

    private @Nullable String of(String address) {
        OperatorOverride found = table.of(ClientAddress.parse(address).sender(), now);
        return found == null ? null : found.target();
    }

    /** Regression: one that had expired hid the wider one that still held. */
    @Test
    void anExpiredOverrideHidesNoWiderOne() {
        take("203.0.0.0/16", OperatorOverride.Action.ALLOW, 3 * HOUR);
        take("203.0.113.0/24", OperatorOverride.Action.THROTTLE, 2 * HOUR);
        take("203.0.113.7", OperatorOverride.Action.ALLOW, HOUR);
        table.show();
        assertThat(of("203.0.113.7")).isEqualTo("203.0.113.7");
        now += HOUR;
        assertThat(of("203.0.113.7")).isEqualTo("203.0.113.0/24");
        now += HOUR;
        assertThat(of("203.0.113.7")).isEqualTo("203.0.0.0/16");
        now += HOUR;
        assertThat(of("203.0.113.7")).isNull();
    }

    @Test
    void whatIsPlannedIsKeptUntilItsTimeComes() {
        table.take(
                "203.0.113.7",
                OverrideJson.write(OperatorOverride.planned(
                        "203.0.113.7", 50_000, "pm", "sale", now, now + HOUR, now + 2 * HOUR)));
        take("203.0.113.0/24", OperatorOverride.Action.THROTTLE, 3 * HOUR);
        table.show();
        assertThat(planOf("203.0.113.7")).isNull();
        now += HOUR;
        assertThat(planOf("203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(of("203.0.113.7")).as("a plan hides no override").isEqualTo("203.0.113.0/24");
        now += HOUR;
        assertThat(planOf("203.0.113.7")).isNull();
    }

    private @Nullable String planOf(String address) {
        OperatorOverride found = table.planOf(ClientAddress.parse(address).sender(), now);
        return found == null ? null : found.target();
    }

    /** Regression: ten thousand that had expired kept every new one out. */
    @Test
    void expiredOverridesTakeNoRoom() {
        for (int i = 0; i < OperatorOverride.MOST; i++) {
            take("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256, OperatorOverride.Action.ALLOW, HOUR);
        }
        assertThatThrownBy(() -> take("203.0.113.7", OperatorOverride.Action.ALLOW, HOUR))
                .isInstanceOf(MalformedOverrideException.class)
                .hasMessageContaining("10000 overrides already");
        now += HOUR;
        take("203.0.113.7", OperatorOverride.Action.ALLOW, HOUR);
        table.show();
        assertThat(of("203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(of("10.0.0.1")).isNull();
    }

    /** Regression: what had been deleted while an edge was cut off from Kafka, tombstone and all, stayed in force. */
    @Test
    void whatIsGoneWhenTheTopicIsReadAnewIsGone() {
        take("203.0.113.7", OperatorOverride.Action.ALLOW, HOUR);
        take("203.0.113.8", OperatorOverride.Action.ALLOW, HOUR);
        assertThat(of("203.0.113.7")).isNull();
        table.show();
        table.begin();
        take("203.0.113.8", OperatorOverride.Action.ALLOW, HOUR);
        assertThat(of("203.0.113.7")).isEqualTo("203.0.113.7");
        table.show();
        assertThat(of("203.0.113.7")).isNull();
        assertThat(of("203.0.113.8")).isEqualTo("203.0.113.8");
    }

    @Test
    void aTombstoneTakesAnOverrideBack() {
        take("203.0.113.7", OperatorOverride.Action.ALLOW, HOUR);
        table.take("203.0.113.7", null);
        table.show();
        assertThat(of("203.0.113.7")).isNull();
    }
}
