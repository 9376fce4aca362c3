package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import org.junit.jupiter.api.Test;

class EnvelopeMemoryTest {
    private static final SenderKey SENDER = ClientAddress.parse("192.0.2.1").sender();
    private static final double FRACTION = 0.25;
    private static final OperatorOverride HELD =
            new OperatorOverride("192.0.2.1", OperatorOverride.Action.THROTTLE, FRACTION, "pm", "test", 0, 1);
    private static final Answer DEFER = new Answer.Overridden(HELD);
    private static final Answer PASS = new Answer.Allowed(HELD);
    private static final long SLOT = Horizon.SLOT_MS;

    private final EnvelopeMemory memory = new EnvelopeMemory(3, 86_400_000);

    private Waiting waiting(long envelope, long nowMs) {
        return memory.waiting(SENDER, envelope, nowMs);
    }

    private boolean passes(long envelope, long nowMs) {
        boolean passes = waiting(envelope, nowMs).passes(nowMs, FRACTION);
        memory.answered(SENDER, envelope, passes ? PASS : DEFER, nowMs);
        return passes;
    }

    @Test
    void whatWasDeferredComesBackAsARetryUntilItIsAdmitted() {
        assertThat(waiting(1, 0)).isNull();
        memory.answered(SENDER, 1, DEFER, 0);
        assertThat(waiting(1, 86_399_999)).isNotNull();
        assertThat(waiting(1, 86_400_000)).isNull();
        memory.answered(SENDER, 1, PASS, 10);
        assertThat(waiting(1, 10)).isNull();
    }

    @Test
    void whenFullTheOneDeferredLeastRecentlyIsForgotten() {
        for (long envelope = 1; envelope <= 3; envelope++) {
            memory.answered(SENDER, envelope, DEFER, envelope);
        }
        memory.answered(SENDER, 1, DEFER, 4);
        memory.answered(SENDER, 4, DEFER, 5);
        assertThat(memory.size()).isEqualTo(3);
        assertThat(waiting(2, 6)).isNull();
        assertThat(waiting(1, 6)).isNotNull();
    }

    @Test
    void ofItsRetriesASenderHasItsShare() {
        memory.answered(SENDER, 1, DEFER, 0);
        assertThat(passes(1, SLOT)).as("a quarter of a turn").isFalse();
        assertThat(passes(1, 2 * SLOT)).isFalse();
        assertThat(passes(1, 3 * SLOT)).isFalse();
        assertThat(passes(1, 4 * SLOT)).as("its fourth retry").isTrue();
    }

    @Test
    void hammeringWithinASlotGetsNobodyFurther() {
        memory.answered(SENDER, 1, DEFER, 0);
        for (int i = 1; i < 50; i++) {
            assertThat(passes(1, i)).isFalse();
        }
        assertThat(waiting(1, SLOT).turns()).isZero();
    }

    @Test
    void theOldestGoesFirst() {
        long hour = 3_600_000;
        memory.answered(SENDER, 1, DEFER, 0);
        memory.answered(SENDER, 2, DEFER, hour);
        long now = hour + SLOT;
        assertThat(waiting(2, now).passes(now, FRACTION)).isFalse();
        assertThat(passes(1, now)).as("it has waited an hour").isTrue();
        assertThat(waiting(2, now).turns()).as("a turn that is owed").isEqualTo(FRACTION - 1);
    }
}
