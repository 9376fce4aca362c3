package io.weir.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Mode;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import io.weir.model.Verdict.Action;
import io.weir.throttle.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTallyTest {
    private static final String SENDER = "203.0.113.7";
    private static final String NETWORK = "203.0.113.0/24";

    private final VerdictHistory history = new VerdictHistory();
    private final ThrottleTally tally = new ThrottleTally(history);

    @Test
    void aThrottleHoldsFromTheNextEventUntilItExpires() {
        history.add(verdict(SENDER, Action.THROTTLE, Reason.VOLUME_SURGE, 0.25, 1_000, 5_000));
        event(SENDER, 1_000, 100);
        event(SENDER, 1_001, 100);
        event(SENDER, 4_999, 100);
        event(SENDER, 5_000, 100);
        event("198.51.100.1", 2_000, 600);

        ThrottleReport report = tally.report();

        assertThat(report.recipients()).isEqualTo(1_000);
        assertThat(report.deferred()).isEqualTo(150);
        assertThat(report.throttled())
                .containsExactly(
                        new ThrottleReport.Throttled(SENDER, List.of("volume-surge"), 1, 1_000, 5_000, 400, 150));
        assertThat(report.text())
                .contains("150 of 1000 accepted recipients (15.0%) would have been deferred")
                .contains("1  senders for volume-surge, 1 throttles")
                .contains("37.5%");
    }

    @Test
    void aReleaseEndsItAndTheNextIsAnotherEpisode() {
        history.add(verdict(SENDER, Action.THROTTLE, Reason.NEWCOMER_VOLUME, 0.5, 1_000, 900_000));
        history.add(verdict(SENDER, Action.THROTTLE, Reason.NEWCOMER_VOLUME, 0.1, 61_000, 961_000));
        history.add(verdict(SENDER, Action.ALLOW, Reason.NEWCOMER_VOLUME, 1, 121_000, 1_021_000));
        history.add(verdict(SENDER, Action.THROTTLE, Reason.VOLUME_SURGE, 0.5, 500_000, 1_400_000));
        event(SENDER, 122_000, 10);
        event(SENDER, 500_001, 10);

        ThrottleReport report = tally.report();

        assertThat(report.throttled())
                .containsExactly(new ThrottleReport.Throttled(
                        SENDER, List.of("newcomer-volume", "volume-surge"), 2, 1_000, 1_400_000, 20, 5));
    }

    @Test
    void aNetworksThrottleSparesWhomItLists() {
        Verdict network = verdict(NETWORK, Action.THROTTLE, Reason.NETWORK_NEWCOMERS, 0, 1_000, 9_000);
        history.add(new Verdict(
                NETWORK,
                network.action(),
                network.mode(),
                0,
                451,
                network.enhancedStatusCode(),
                network.as(),
                network.reason(),
                network.caseId(),
                network.horizonMs(),
                0,
                0,
                0,
                List.of("203.0.113.9"),
                1_000,
                9_000,
                1_000,
                "r"));
        event(SENDER, 2_000, 10);
        event("203.0.113.9", 2_000, 10);

        ThrottleReport report = tally.report();

        assertThat(report.deferred()).isEqualTo(10);
        assertThat(report.throttled()).singleElement().satisfies(one -> {
            assertThat(one.client()).isEqualTo(NETWORK);
            assertThat(one.deferred()).isEqualTo(10);
        });
    }

    @Test
    void aVerdictOnBouncesLeavesOtherMailAlone() {
        history.add(verdict(SENDER, Action.THROTTLE, Reason.NULL_SENDER_SURGE, 0, 1_000, 9_000));
        event(SENDER, 2_000, 10);
        assertThat(tally.report().deferred()).isZero();
    }

    @Test
    void withoutVerdictsItSaysSo() {
        event(SENDER, 2_000, 10);
        assertThat(tally.report().text()).isEqualTo("No sender would have been throttled.\n");
    }

    @Test
    void whatIsTooMuchToKeepIsCounted() {
        VerdictHistory small = new VerdictHistory(1);
        small.add(verdict(SENDER, Action.THROTTLE, Reason.VOLUME_SURGE, 0, 1_000, 2_000));
        small.add(verdict(SENDER, Action.ALLOW, Reason.VOLUME_SURGE, 0, 1_500, 2_000));
        assertThat(new ThrottleTally(small).report().text()).contains("1 verdicts were too many");
    }

    private void event(String address, long atMs, int recipients) {
        tally.add(new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                atMs,
                address,
                ClientAddress.parse(address).sender(),
                Outcome.ADMITTED,
                1,
                recipients,
                0,
                0,
                0,
                false,
                null,
                ConnectionEvent.Facts.NONE));
    }

    private static Verdict verdict(
            String client, Action action, Reason reason, double admit, long decidedAtMs, long expiresAtMs) {
        return new Verdict(
                client,
                action,
                Mode.SHADOW,
                admit,
                451,
                reason.enhancedStatusCode(),
                reason.as(),
                reason.id(),
                "CASE",
                3_600_000,
                0,
                0,
                0,
                List.of(),
                decidedAtMs,
                expiresAtMs,
                decidedAtMs,
                "r");
    }
}
