package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One host owns more IPv6 prefixes than anybody can keep states for. */
class Ipv6Test {
    private static String prefix(int i) {
        return "2001:db8:1:" + Integer.toHexString(i) + "::25";
    }

    @Test
    void aNetworkMayAddSoManySendersADayTheRestIsCountedTogether() {
        Scenario site =
                Scenario.enforcing().rules(RuleKey.IPV6_NEW_SENDERS, "3").at(0, "10:00");
        for (int i = 0; i < 5; i++) {
            site.client(prefix(i)).sends(Mail.admitted(2));
            site.sends(Mail.deferred(1));
        }
        assertThat(site.client(prefix(2)).state()).isNotNull();
        assertThat(site.client(prefix(3)).state()).isNull();
        long day = Scenario.time(0, "00:00") / Scenario.DAY_MS;
        assertThat(site.network().day()).isEqualTo(day);
        assertThat(site.network().newSenders()).isEqualTo(3);
        assertThat(site.network().overflowAttempts()).isEqualTo(6);
        assertThat(site.network().overflowVolume()).isEqualTo(4);
    }

    @Test
    void thoseThatAreKnownGoOn() {
        Scenario site =
                Scenario.enforcing().rules(RuleKey.IPV6_NEW_SENDERS, "1").at(0, "10:00");
        site.client(prefix(0)).sends(Mail.admitted(1));
        site.client(prefix(1)).sends(Mail.admitted(1));
        site.client(prefix(0)).pass(Scenario.HOUR_MS).sends(Mail.admitted(1));
        assertThat(site.state().mail().hours().previous()).isEqualTo(1);
    }

    @Test
    void theNextDayOthersMayBegin() {
        Scenario site =
                Scenario.enforcing().rules(RuleKey.IPV6_NEW_SENDERS, "1").at(0, "10:00");
        site.client(prefix(0)).sends(Mail.admitted(1));
        site.client(prefix(1)).sends(Mail.admitted(1));
        site.at(1, "00:00").sends(Mail.admitted(1));
        assertThat(site.state()).isNotNull();
        assertThat(site.network().newSenders()).isEqualTo(1);
        assertThat(site.network().overflowAttempts()).isZero();
    }

    @Test
    void anotherNetworkIsNotConcerned() {
        Scenario site =
                Scenario.enforcing().rules(RuleKey.IPV6_NEW_SENDERS, "1").at(0, "10:00");
        site.client(prefix(0)).sends(Mail.admitted(1));
        site.client("2001:db8:2::25").sends(Mail.admitted(1));
        assertThat(site.state()).isNotNull();
    }

    @Test
    void ipv4SendersAreNotBounded() {
        Scenario site =
                Scenario.enforcing().rules(RuleKey.IPV6_NEW_SENDERS, "1").at(0, "10:00");
        for (int i = 1; i < 200; i++) {
            site.client("203.0.113." + i).sends(Mail.admitted(1));
            assertThat(site.state()).isNotNull();
        }
        assertThat(site.network().newSenders()).isEqualTo(199);
        assertThat(site.network().overflowAttempts()).isZero();
    }
}
