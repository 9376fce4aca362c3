package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.OperatorOverride;
import io.weir.model.Verdict;
import org.junit.jupiter.api.Test;

class EnvelopeMemoryTest {
    private static final Answer DEFER =
            new Answer.Overridden(new OperatorOverride("192.0.2.1", Verdict.Action.THROTTLE, 0, "pm", "test", 0, 1));
    private static final Answer ADMIT = new Answer.Unthrottled();

    private final EnvelopeMemory memory = new EnvelopeMemory(3, 1_000);

    @Test
    void whatWasDeferredComesBackAsARetryUntilItIsAdmitted() {
        assertThat(memory.isRetry(1, 0)).isFalse();
        memory.answered(1, DEFER, 0);
        assertThat(memory.isRetry(1, 999)).isTrue();
        assertThat(memory.isRetry(1, 1_000)).isFalse();
        memory.answered(1, ADMIT, 10);
        assertThat(memory.isRetry(1, 10)).isFalse();
    }

    @Test
    void whenFullTheOneDeferredLeastRecentlyIsForgotten() {
        for (long envelope = 1; envelope <= 3; envelope++) {
            memory.answered(envelope, DEFER, envelope);
        }
        memory.answered(1, DEFER, 4);
        memory.answered(4, DEFER, 5);
        assertThat(memory.size()).isEqualTo(3);
        assertThat(memory.isRetry(2, 6)).isFalse();
        assertThat(memory.isRetry(1, 6)).isTrue();
    }
}
