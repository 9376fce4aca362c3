package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What enters the record when nobody obeys the verdicts: a log of the past, an edge that does not say what it would have deferred. */
class VouchingTest {
    private static final long MONDAY_0100 = 1_795_395_600_000L;
    private static final long DAY = Horizon.DAY.millis();

    private final Throttle throttle = new Throttle(new CaseIds("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));

    /** Once: the budget stayed full of what should have been deferred, nothing more vouched, and the sender was a newcomer for ever. */
    @Test
    void aSteadySenderEarnsItsRecordThoughItsExcessIsNeverDeferred() {
        Controls controls = new Controls(Rules.of(Map.of()), null);
        SenderState state = null;
        for (int day = 0; day < 10; day++) {
            for (int i = 0; i < 4_000; i++) {
                ConnectionEvent event = admitted(MONDAY_0100 + day * DAY + i * DAY / 4_000);
                state = throttle.step(state, network -> null, event, controls).sender();
            }
        }
        assertThat(SenderView.of(Objects.requireNonNull(state), controls, MONDAY_0100 + 10 * DAY)
                        .budgets()
                        .get(2)
                        .record())
                .isGreaterThan(3_900);
    }

    private static ConnectionEvent admitted(long at) {
        return new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                at,
                "203.0.113.7",
                ClientAddress.parse("203.0.113.7").sender(),
                Outcome.ADMITTED,
                1,
                1,
                0,
                0,
                1000,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }
}
