package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class OpenVerdictsTest {
    private static final long MINUTE = 60_000;

    private final KeyValueStore<Bytes, byte[]> store = InMemoryStore.open();
    private final OpenVerdicts open = new OpenVerdicts(store, 0);

    @Test
    void aRenewedThrottleIsOneThrottle() {
        publish("203.0.113.7", Verdict.Action.THROTTLE, 10 * MINUTE);
        publish("203.0.113.7", Verdict.Action.THROTTLE, 20 * MINUTE);
        publish("203.0.113.8", Verdict.Action.THROTTLE, 15 * MINUTE);

        assertThat(open.throttledAt(5 * MINUTE)).isEqualTo(2);
        assertThat(open.throttledAt(12 * MINUTE)).isEqualTo(2);
        assertThat(open.throttledAt(15 * MINUTE)).isEqualTo(1);
        assertThat(open.throttledAt(20 * MINUTE)).isZero();
    }

    @Test
    void itTellsWhetherAThrottleGoesOn() {
        assertThat(publish("203.0.113.7", Verdict.Action.THROTTLE, 10 * MINUTE)).isFalse();
        assertThat(publish("203.0.113.7", Verdict.Action.THROTTLE, 20 * MINUTE)).isTrue();
        assertThat(publish("203.0.113.7", Verdict.Action.ALLOW, 30 * MINUTE)).isTrue();
        assertThat(publish("203.0.113.7", Verdict.Action.THROTTLE, 0)).isFalse();
        assertThat(publish("203.0.113.7", Verdict.Action.THROTTLE, 40 * MINUTE))
                .as("the one before had expired")
                .isFalse();
    }

    @Test
    void anAlarmIsCountedApart() {
        publish("203.0.113.7 via connector:hq", Verdict.Action.THROTTLE, 10 * MINUTE);
        publish("203.0.113.8", Verdict.Action.THROTTLE, 10 * MINUTE);

        assertThat(open.throttledAt(5 * MINUTE)).isEqualTo(1);
        assertThat(open.alarmingAt(5 * MINUTE)).isEqualTo(1);
        assertThat(new OpenVerdicts(store, 5 * MINUTE).alarmingAt(5 * MINUTE)).isEqualTo(1);
        assertThat(open.alarmingAt(10 * MINUTE)).isZero();
    }

    @Test
    void aReleaseEndsIt() {
        publish("203.0.113.7", Verdict.Action.THROTTLE, 10 * MINUTE);
        publish("203.0.113.7", Verdict.Action.ALLOW, 20 * MINUTE);

        assertThat(open.throttledAt(5 * MINUTE)).isZero();
        assertThat(open.isOpen(key("203.0.113.7"))).isTrue();
    }

    @Test
    void aThrottleThatExpiredIsNotTakenBackTwice() {
        publish("203.0.113.7", Verdict.Action.THROTTLE, 10 * MINUTE);
        assertThat(open.throttledAt(11 * MINUTE)).isZero();

        publish("203.0.113.7", Verdict.Action.THROTTLE, 30 * MINUTE);
        assertThat(open.throttledAt(12 * MINUTE)).isEqualTo(1);
    }

    @Test
    void theCountComesBackFromTheStore() {
        publish("203.0.113.7", Verdict.Action.THROTTLE, 10 * MINUTE);
        publish("203.0.113.8", Verdict.Action.THROTTLE, 20 * MINUTE);
        publish("203.0.113.9", Verdict.Action.ALLOW, 20 * MINUTE);

        assertThat(new OpenVerdicts(store, 12 * MINUTE).throttledAt(12 * MINUTE))
                .isEqualTo(1);
    }

    @Test
    void aClosedVerdictIsForgotten() {
        publish("203.0.113.7", Verdict.Action.THROTTLE, 10 * MINUTE);
        open.close(key("203.0.113.7"));

        assertThat(open.isOpen(key("203.0.113.7"))).isFalse();
    }

    private boolean publish(String client, Verdict.Action action, long expiresAtMs) {
        return open.published(
                key(client),
                new Verdict(
                        client,
                        action,
                        Mode.ENFORCE,
                        0.5,
                        451,
                        "4.7.500",
                        510,
                        "volume-surge",
                        "K7Q2MKX4A9PD31WZ",
                        3_600_000,
                        1,
                        1,
                        1,
                        List.of(),
                        0,
                        expiresAtMs,
                        1,
                        "c0ffee12"));
    }

    private static Bytes key(String client) {
        return Bytes.wrap(client.getBytes(StandardCharsets.US_ASCII));
    }
}
