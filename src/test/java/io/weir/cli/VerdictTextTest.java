package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTextTest {
    private static final long NOW = Instant.parse("2026-11-23T21:00:00Z").toEpochMilli();

    @Test
    void anAlarmSaysThatNothingIsHeld() {
        assertThat(VerdictText.line(alarm(Verdict.Action.THROTTLE), NOW))
                .isEqualTo(
                        "2026-11-23T21:00:00Z  ALARM     203.0.113.7 via connector:hq  volume-surge, trusted, so that all of it"
                                + " passes: 4200 in 1 h, too fast for 600 (record 300)  until 2026-11-23T21:15:00Z  case"
                                + " K7Q2MKX4A9PD31WZ");
        assertThat(VerdictText.line(alarm(Verdict.Action.THROTTLE), NOW + 900_000))
                .contains("  expired 2026-11-23T21:15:00Z  ");
    }

    @Test
    void andWhenItIsOver() {
        assertThat(VerdictText.line(alarm(Verdict.Action.ALLOW), NOW))
                .isEqualTo(
                        "2026-11-23T21:00:00Z  calm      203.0.113.7 via connector:hq  back to its usual; was volume-surge"
                                + "  case K7Q2MKX4A9PD31WZ");
    }

    private static Verdict alarm(Verdict.Action action) {
        return new Verdict(
                "203.0.113.7 via connector:hq",
                action,
                Mode.SHADOW,
                0.12,
                451,
                "4.7.500",
                510,
                "volume-surge",
                "K7Q2MKX4A9PD31WZ",
                3_600_000,
                4_200,
                300,
                600,
                List.of(),
                NOW,
                NOW + 900_000,
                NOW,
                "c0ffee12");
    }
}
