package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.NetworkKey;
import io.weir.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Newcomers of one network share a budget: many that each stay under their own allowance are held together. */
class NetworkTest {
    private static final String NETWORK = "203.0.113.0/24";

    private static String host(int i) {
        return "203.0.113." + i;
    }

    /** So many addresses, one after the other, with so many recipients each, a minute between them. */
    private static List<Verdict> snowshoe(Scenario site, int hosts, int recipients) {
        List<Verdict> brought = new ArrayList<>();
        for (int i = 0; i < hosts; i++) {
            brought.addAll(site.client(host(20 + i)).sends(Mail.admitted(recipients)));
            site.pass(1_000);
        }
        return brought;
    }

    @Test
    void manyThatStayUnderTheirOwnAllowanceAreHeldTogether() {
        Scenario site = Scenario.enforcing().at(1, "10:00");
        List<Verdict> brought = snowshoe(site, 12, 4);
        assertThat(brought).extracting(Verdict::client).containsOnly(NETWORK);
        Verdict first = brought.get(0);
        assertThat(first.reason()).isEqualTo("network-newcomers");
        assertThat(first.enhancedStatusCode()).isEqualTo("4.7.503");
        assertThat(first.as()).isEqualTo(513);
        assertThat(first.allowance()).as("two newcomers'").isEqualTo(80);
        assertThat(first.observed()).isEqualTo(44);
        assertThat(first.floor()).isEqualTo(2);
        assertThat(first.exempt()).isEmpty();
    }

    @Test
    void oneAloneIsItsOwnAffairHoweverMuchItSends() {
        Scenario site = Scenario.enforcing().at(1, "10:00").client(host(1));
        List<Verdict> brought = site.every(1_000, 600, Mail.admitted(5));
        assertThat(brought).isNotEmpty().extracting(Verdict::client).containsOnly(host(1));
    }

    @Test
    void whatANewcomersOwnThrottleHoldsBackIsNotItsNeighboursAffair() {
        Scenario site = Scenario.enforcing().at(1, "10:00");
        site.client(host(1)).every(100, 25, Mail.admitted(1));
        site.every(100, 6_000, Mail.deferred(1));
        assertThat(site.network().newcomers().mail().demand().expectedMillis(site.now(), true))
                .as("thousandths of attempts a minute, of 600 attempts")
                .isLessThan(10_000);
    }

    @Test
    void anotherNetworkIsNotConcerned() {
        Scenario site = Scenario.enforcing().at(1, "10:00");
        snowshoe(site, 12, 4);
        assertThat(site.client("203.0.114.1").sends(Mail.admitted(4))).isEmpty();
        assertThat(site.network().newcomers().mail().levels().day()).isEqualTo(4 * Allowance.MICROS);
    }

    @Test
    void aVerdictSparesTheEstablished() {
        Scenario site = Scenario.enforcing();
        for (int day = 0; day < 9; day++) {
            site.at(day, "09:00").client(host(7)).sends(Mail.admitted(3));
        }
        List<Verdict> brought = snowshoe(site.at(9, "10:00"), 14, 4);
        assertThat(brought)
                .isNotEmpty()
                .allSatisfy(verdict -> assertThat(verdict.exempt()).containsExactly(host(7)));
    }

    @Test
    void whoBecomesEstablishedIsSparedFromThenOn() {
        Scenario site = Scenario.enforcing();
        for (int day = 0; day < 7; day++) {
            site.at(day, "09:00").client(host(7)).sends(Mail.admitted(3));
        }
        snowshoe(site.at(7, "00:30"), 14, 4);
        assertThat(site.verdicts().get(site.verdicts().size() - 1).exempt()).isEmpty();
        // Its week is over at 01:00.
        List<Verdict> brought = new ArrayList<>();
        site.at(7, "00:40");
        for (int i = 0; i < 25; i++) {
            snowshoe(site, 14, 4);
            site.pass(46_000);
        }
        brought.addAll(site.at(7, "01:06").client(host(7)).sends(Mail.deferred(1)));
        assertThat(brought).extracting(Verdict::client).containsExactly(NETWORK);
        assertThat(brought.get(0).exempt()).containsExactly(host(7));
        assertThat(brought.get(0).action()).isEqualTo(Verdict.Action.THROTTLE);
    }

    @Test
    void itEndsAfterTwoCalmSlotsOrExpires() {
        Scenario site = Scenario.enforcing().at(1, "10:00");
        snowshoe(site, 12, 4);
        assertThat(site.network().inForce(site.now())).isNotNull();
        List<Verdict> brought = site.at(1, "10:01").client(host(1)).everyMinute(4, Mail.admitted(1));
        assertThat(brought).extracting(Verdict::action).contains(Verdict.Action.ALLOW);
        assertThat(site.network().inForce(site.now())).isNull();

        snowshoe(site.at(1, "12:00"), 14, 4);
        assertThat(site.network().inForce(site.now())).isNotNull();
        site.pass(site.rules().verdictLifeMs());
        assertThat(site.network().inForce(site.now())).isNull();
    }

    @Test
    void whatNewcomersSentTogetherIsTheirRecord() {
        Scenario site = Scenario.enforcing();
        for (int day = 1; day <= 3; day++) {
            for (int i = 0; i < 100; i++) {
                // Each day others: none of them is ever established.
                site.at(day, "08:00").pass(i * 5 * Scenario.MINUTE_MS).client(host(day * 80 - 80 + i % 80));
                assertThat(site.sends(Mail.admitted(2))).isEmpty();
            }
        }
        SenderState newcomers = site.at(4, "08:00").network().newcomers();
        assertThat(newcomers.mail().record().day()).isEqualTo(200);
    }

    @Test
    void spamLowersTheRecordOfANewcomersNetwork() {
        Scenario site = Scenario.enforcing();
        long noon = Scenario.time(1, "12:00");
        for (int i = 0; i < 60; i++) {
            site.at(1, "12:00").pass(i * 5 * Scenario.MINUTE_MS).client(host(i)).sends(Mail.admitted(4));
        }
        site.at(1, "18:00").client(host(3)).amend(noon, 100, 0);
        site.at(2, "12:00").client(host(4)).sends(Mail.admitted(1));
        assertThat(site.network().newcomers().mail().record().day()).isEqualTo(140);
    }

    /** A provider's pool that nobody declared: a new address beside many that are known is no stranger. */
    @Test
    void aNewcomerAmongManyEstablishedInheritsHalfOfWhatIsUsualThere() {
        Scenario site = Scenario.enforcing().learning(14);
        for (int day = 0; day < 20; day++) {
            for (int i = 0; i < 10; i++) {
                site.at(day, "10:00").pass(i * 1_000).client(host(i));
                site.everyMinute(100, Mail.admitted(10));
            }
        }
        site.at(20, "10:00").client(host(99)).sends(Mail.admitted(1));
        assertThat(site.record()).isEqualTo(new PerHorizon(25, 300, 500));
        assertThat(site.view().standing()).isEqualTo(Standing.NEWCOMER);
        assertThat(site.network()
                        .members()
                        .spares(
                                NetworkKey.parse(NETWORK)
                                        .memberOf(io.weir.model.ClientAddress.parse(host(99))
                                                .sender()),
                                site.network().day()))
                .isTrue();
        assertThat(site.everyMinute(60, Mail.admitted(10))).isEmpty();
        assertThat(site.at(21, "10:00").record().day()).as("its own, by now").isEqualTo(601);
        assertThat(site.at(57, "10:00").record())
                .as("half of its own: what was inherited leaves nothing behind")
                .isEqualTo(new PerHorizon(25, 300, 300));
    }

    @Test
    void amongFewOrManyStrangersNothingIsInherited() {
        Scenario few = Scenario.enforcing().learning(14);
        Scenario crowded = Scenario.enforcing().learning(14);
        for (int day = 0; day < 20; day++) {
            for (int i = 0; i < 10; i++) {
                few.at(day, "10:00").client(host(i % 7)).sends(Mail.admitted(200));
                crowded.at(day, "10:00").client(host(i)).sends(Mail.admitted(200));
            }
        }
        few.at(20, "10:00").client(host(99)).sends(Mail.admitted(1));
        assertThat(few.record()).isEqualTo(PerHorizon.ZERO);
        // Ten of twelve are known when the third stranger comes: more than four fifths; of thirteen less.
        for (int i = 0; i < 4; i++) {
            crowded.at(20, "10:00").pass(i * 60_000).client(host(100 + i)).sends(Mail.admitted(1));
            assertThat(crowded.record().isZero()).as("stranger %d", i).isEqualTo(i > 2);
        }
    }

    /** The cloud's customers, each with a mail a day or two: while the site learns, so do their networks. */
    @Test
    void whileTheSiteLearnsNetworksLearnWhatNewcomersBringFromTheSecondWeekOn() {
        Scenario site = Scenario.enforcing().learning(14);
        for (int day = 0; day < 14; day++) {
            for (int i = 0; i < 60; i++) {
                site.at(day, "08:00").pass(i * 10 * Scenario.MINUTE_MS).client(host((day * 60 + i) % 250));
                site.sends(Mail.admitted(day < 7 ? 50 : 20));
            }
        }
        SenderState newcomers = site.at(14, "12:00").client(host(255)).network().newcomers();
        assertThat(newcomers.mail().record().day())
                .as("the first week says nothing")
                .isEqualTo(1_200);
        assertThat(site.verdicts()).isEmpty();
    }

    @Test
    void whoSentWhileTheSiteLearntIsNoStrangerAfterwards() {
        Scenario site = Scenario.enforcing().learning(3);
        for (int day = 0; day < 3; day++) {
            for (int i = 0; i < 40; i++) {
                site.at(day, "10:00").pass(i * 10_000).client(host(i)).sends(Mail.admitted(300));
            }
        }
        for (int i = 0; i < 40; i++) {
            site.at(3, "10:00").pass(i * 10_000).client(host(i));
            assertThat(site.sends(Mail.admitted(300))).isEmpty();
        }
    }
}
