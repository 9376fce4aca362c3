package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Verdict;
import org.junit.jupiter.api.Test;

/** What was announced, and agreed to, is no surge. */
class PlannedVolumeTest {
    private static final String NETWORK = "203.0.113.0/24";

    private final Scenario usual = Scenario.established(10).at(14, "09:00");

    @Test
    void itPassesAtWhateverPace() {
        assertThat(usual.planning(60_000).everyMinute(10, Mail.admitted(4_900))).isEmpty();
    }

    @Test
    void unannouncedItIsASurge() {
        assertThat(usual.everyMinute(10, Mail.admitted(4_900))).isNotEmpty();
    }

    /** Announced is all that it sends in a day, not what it sends more than usual. */
    @Test
    void usualMailIsPartOfIt() {
        assertThat(usual.planning(50_000).everyMinute(10, Mail.admitted(4_900))).isNotEmpty();
    }

    @Test
    void beyondItTheSendersOwnAllowanceHolds() {
        usual.planning(50_000).everyMinute(9, Mail.admitted(4_900));
        assertThat(usual.everyMinute(10, Mail.admitted(10))).isEmpty();
        assertThat(usual.everyMinute(10, Mail.admitted(1_000)))
                .first()
                .extracting(Verdict::reason)
                .isEqualTo(Reason.VOLUME_SURGE.id());
    }

    @Test
    void aDayLaterThereIsRoomAgain() {
        usual.planning(50_000).everyMinute(10, Mail.admitted(5_000));
        assertThat(usual.at(15, "09:00").everyMinute(10, Mail.admitted(4_900))).isEmpty();
    }

    @Test
    void whenItIsOverUsualMailIsHeldForNothing() {
        usual.planning(60_000).everyMinute(10, Mail.admitted(4_900));
        assertThat(usual.planning(0).everyMinute(400, Mail.admitted(10))).isEmpty();
    }

    @Test
    void itRaisesTheRecordNoMoreThanTheOwnAllowanceWouldHave() {
        Scenario without = Scenario.established(10).at(14, "09:00");
        without.everyMinute(60, Mail.admitted(800));
        usual.planning(50_000).everyMinute(60, Mail.admitted(800));
        assertThat(usual.at(16, "09:00").record())
                .isEqualTo(without.at(16, "09:00").record());
        assertThat(usual.record().day()).isLessThanOrEqualTo(2 * 6_000);
    }

    @Test
    void itLiftsAThrottleWithinAMinute() {
        usual.everyMinute(5, Mail.admitted(4_900));
        assertThat(usual.planning(100_000).everyMinute(2, Mail.deferred(100)))
                .last()
                .extracting(Verdict::admit)
                .isEqualTo(1.0);
    }

    @Test
    void forANewcomerItIsNoneOfItsNetworks() {
        Scenario site = Scenario.enforcing().at(0, "09:00").planning(50_000);
        assertThat(site.everyMinute(10, Mail.admitted(4_900))).isEmpty();
        assertThat(site.network(NETWORK).newcomers()).isNull();
        assertThat(site.client("203.0.113.8").planning(0).everyMinute(3, Mail.admitted(5)))
                .isEmpty();
    }

    @Test
    void whoeverIsSparedIsNamed() {
        Scenario site = Scenario.enforcing().at(0, "09:00").planning(50_000);
        site.sends(Mail.admitted(1));
        site.planning(0);
        for (int i = 10; i < 250; i++) {
            site.client("203.0.113." + i).sends(Mail.admitted(30));
        }
        assertThat(site.verdicts())
                .filteredOn(verdict -> verdict.client().equals(NETWORK))
                .last()
                .satisfies(verdict -> assertThat(verdict.exempt()).containsExactly("203.0.113.7"));
    }

    @Test
    void whoGuessesAddressesHasNone() {
        usual.planning(50_000).everyMinute(10, Mail.rejected(3_000));
        assertThat(usual.everyMinute(5, Mail.admitted(1_000)))
                .last()
                .extracting(Verdict::reason)
                .isEqualTo(Reason.REJECTED_SHARE.id());
    }
}
