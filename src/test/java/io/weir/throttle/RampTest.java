package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RampTest {
    private static final long MONDAY_0100 = 1_795_395_600_000L;
    private static final long HOUR = Horizon.HOUR.millis();

    @Test
    void aNewcomersRampDoublesDaily() {
        List<Ramp.Day> ramp = Ramp.of(PerHorizon.ZERO, Rules.DEFAULTS, 6);
        assertThat(ramp).extracting(Ramp.Day::volume).containsExactly(228L, 456L, 912L, 1824L, 3648L, 7296L);
        assertThat(ramp.get(0).allowance()).isEqualTo(400);
    }

    @Test
    void itTellsWhenAVolumeIsFree() {
        assertThat(Ramp.dayFor(200, PerHorizon.ZERO, Rules.DEFAULTS)).isEqualTo(0);
        assertThat(Ramp.dayFor(10_000, PerHorizon.ZERO, Rules.DEFAULTS)).isEqualTo(6);
        assertThat(Ramp.dayFor(9_000_000_000L, PerHorizon.ZERO, Rules.DEFAULTS)).isEqualTo(-1);
    }

    /** The printed schedule is a promise. The spread is in hours a day; the step is one transaction's recipients. */
    @ParameterizedTest
    @CsvSource({"8, 1", "12, 3", "23, 1", "23, 10"})
    void whoFollowsItIsNeverThrottled(int spreadHours, int step) {
        Throttle throttle = new Throttle(new CaseIds("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
        SenderState state = null;
        for (Ramp.Day day : Ramp.of(PerHorizon.ZERO, Rules.DEFAULTS, 9)) {
            long begin = MONDAY_0100 + day.day() * 24 * HOUR;
            long transactions = day.volume() / step;
            for (long i = 0; i < transactions; i++) {
                long at = begin + i * spreadHours * HOUR / transactions;
                Judgement judged = throttle.step(state, network -> null, admitted(at, step), Controls.NONE);
                state = judged.sender();
                assertThat(judged.verdict())
                        .as("day %d, transaction %d", day.day(), i)
                        .isNull();
            }
        }
    }

    private static ConnectionEvent admitted(long at, int recipients) {
        return new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                at,
                "203.0.113.7",
                ClientAddress.parse("203.0.113.7").sender(),
                Outcome.ADMITTED,
                1,
                recipients,
                0,
                0,
                1000,
                false,
                null,
                ConnectionEvent.Facts.NONE);
    }
}
