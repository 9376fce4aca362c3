package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.demo.Episode.End;
import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final String CLIENT = "192.0.2.80";
    private static final long BEGIN = Instant.parse("2026-11-17T09:30:00Z").toEpochMilli();
    private static final long MINUTE = DemoCalendar.MINUTE_MS;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Tally tally = new Tally();
    private final Account account = new Account(
            new Lines(new PrintStream(printed, true, StandardCharsets.UTF_8)),
            client -> tally.counts(),
            client -> "office");

    @Test
    void aThrottleAndItsReleaseAreTold() {
        attempts(10, 10);
        account.verdict(CLIENT, throttle(0, 0.14, 4_200));
        attempts(400, 60);
        account.verdict(CLIENT, allow(12));
        assertThat(lines())
                .containsExactly(
                        "Tue 17 Nov 09:30  THROTTLED  192.0.2.80  office: volume-surge (4.7.500, AS510)",
                        "                  4,200 recipients in 1 h exceed its allowance of 600 (record 300)",
                        "                  edges let 14% through from now on; case K7Q2MKX4A9PD31WZ",
                        "Tue 17 Nov 09:42  released   192.0.2.80  after 12 min: 60 of 400 attempts passed");
        assertThat(account.ended()).singleElement().satisfies(episode -> {
            assertThat(episode.fromMs()).isEqualTo(BEGIN);
            assertThat(episode.toMs()).isEqualTo(BEGIN + 12 * MINUTE);
            assertThat(episode.end()).isEqualTo(End.RELEASED);
            assertThat(episode.during().deferrals()).isEqualTo(340);
        });
        assertThat(account.open()).isZero();
        assertThat(account.lastReleaseMs()).isEqualTo(BEGIN + 12 * MINUTE);
    }

    @Test
    void aBudgetThatIsUsedUpTooFastIsNotCalledExceeded() {
        account.verdict(CLIENT, throttle(0, 0.014, 128));
        assertThat(lines())
                .contains("                  128 recipients in 1 h come too fast for its allowance of 600 (record 300)")
                .contains("                  edges let 1.4% through from now on; case K7Q2MKX4A9PD31WZ");
    }

    @Test
    void aThrottleThatIsNotRenewedEndsWhenItsTimeIsOver() {
        account.verdict(CLIENT, throttle(0, 0.5, 4_200));
        account.advance(BEGIN + 14 * MINUTE);
        assertThat(account.open()).isEqualTo(1);
        account.advance(BEGIN + 20 * MINUTE);
        assertThat(account.ended()).extracting(Episode::end).containsExactly(End.EXPIRED);
        assertThat(account.ended()).extracting(Episode::toMs).containsExactly(BEGIN + 15 * MINUTE);
    }

    @Test
    void aVerdictAfterTheEndOfTheLastIsANewThrottle() {
        account.verdict(CLIENT, throttle(0, 0.5, 4_200));
        account.verdict(CLIENT, throttle(16, 0.5, 4_200));
        assertThat(account.ended()).extracting(Episode::end).containsExactly(End.EXPIRED);
        assertThat(account.open()).isEqualTo(1);
    }

    @Test
    void aLongThrottleIsReportedEveryHalfHour() {
        for (int minute = 0; minute <= 61; minute++) {
            account.verdict(CLIENT, throttle(minute, 0.05, 4_200));
            attempts(100, 5);
            account.advance(BEGIN + (minute + 1) * MINUTE);
        }
        assertThat(lines().stream().filter(line -> line.contains("still")))
                .containsExactly(
                        "Tue 17 Nov 10:00  still      192.0.2.80  edges let 5.0% through; 150 of 3,000 attempts passed since",
                        "Tue 17 Nov 10:30  still      192.0.2.80  edges let 5.0% through; 150 of 3,000 attempts passed since");
    }

    @Test
    void aShadowVerdictIsCalledOne() {
        account.verdict(CLIENT, verdict(Verdict.Action.THROTTLE, Mode.SHADOW, 0, 0.5, 4_200));
        assertThat(lines().get(0)).contains("would be throttled  192.0.2.80");
    }

    @Test
    void tombstonesAndReleasesOfNothingAreNoNews() {
        account.verdict(CLIENT, null);
        account.verdict(CLIENT, allow(0));
        assertThat(printed.size()).isZero();
        assertThat(account.verdicts()).isEqualTo(1);
    }

    private void attempts(int count, int admitted) {
        for (int i = 0; i < count; i++) {
            tally.answered(1, i >= admitted, 0);
        }
    }

    private static Verdict throttle(int minute, double admit, long observed) {
        return verdict(Verdict.Action.THROTTLE, Mode.ENFORCE, minute, admit, observed);
    }

    private static Verdict allow(int minute) {
        return verdict(Verdict.Action.ALLOW, Mode.ENFORCE, minute, 1, 0);
    }

    private static Verdict verdict(Verdict.Action action, Mode mode, int minute, double admit, long observed) {
        long atMs = BEGIN + minute * MINUTE;
        return new Verdict(
                CLIENT,
                action,
                mode,
                admit,
                451,
                "4.7.500",
                510,
                "volume-surge",
                "K7Q2MKX4A9PD31WZ",
                DemoCalendar.HOUR_MS,
                observed,
                300,
                600,
                List.of(),
                atMs,
                atMs + 15 * MINUTE,
                atMs,
                "c0ffee12");
    }

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
