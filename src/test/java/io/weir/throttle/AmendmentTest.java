package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Later knowledge about earlier mail is deducted from the day it came. */
class AmendmentTest {
    private static Scenario twoWeeksThenADayOf(int perMinute) {
        Scenario site = Scenario.established(10);
        site.officeHours(14, 15, Mail.admitted(perMinute));
        return site;
    }

    @Test
    void anOpenDayLosesItWhenItCloses() {
        Scenario site = twoWeeksThenADayOf(15);
        site.at(14, "23:00").amend(Scenario.time(14, "12:00"), 20, 0);
        assertThat(site.at(15, "01:00").record()).isEqualTo(new PerHorizon(55, 880, 8_980));
    }

    @Test
    void aClosedDayLosesItAtOnce() {
        Scenario site = twoWeeksThenADayOf(15);
        site.at(16, "10:00").sends(Mail.admitted(1));
        assertThat(site.record()).isEqualTo(new PerHorizon(75, 900, 9_000));
        site.amend(Scenario.time(14, "12:00"), 20, 5);
        assertThat(site.record()).isEqualTo(new PerHorizon(50, 875, 8_975));
    }

    /** A filter may be faster than an edge's spool. */
    @Test
    void itCountsThoughItOvertakesTheMailItConcerns() {
        Scenario site = twoWeeksThenADayOf(15);
        Scenario ahead = Scenario.established(10);
        ahead.at(14, "07:00").sends(Mail.admitted(1));
        ahead.amend(Scenario.time(14, "06:59"), 20, 0);
        ahead.officeHours(14, 15, Mail.admitted(15));
        site.at(14, "23:00").amend(Scenario.time(14, "12:00"), 20, 0);
        assertThat(ahead.at(15, "01:00").record().fiveMinutes())
                .isEqualTo(site.at(15, "01:00").record().fiveMinutes());
    }

    @Test
    void afterMidnightTheDayBeforeIsStillOpenForAnHour() {
        Scenario site = twoWeeksThenADayOf(15);
        site.at(15, "00:30").sends(Mail.admitted(30));
        site.amend(Scenario.time(14, "12:00"), 20, 0);
        site.amend(Scenario.time(15, "00:30"), 30, 0);
        assertThat(site.at(15, "01:00").record()).isEqualTo(new PerHorizon(55, 880, 8_980));
        assertThat(site.at(16, "01:00").record()).isEqualTo(new PerHorizon(55, 880, 8_980));
    }

    @Test
    void mailOlderThanTheRecordedDaysIsPast() {
        Scenario site = twoWeeksThenADayOf(15);
        site.at(14 + 40, "10:00").sends(Mail.admitted(1));
        PerHorizon before = site.record();
        assertThat(before).isEqualTo(new PerHorizon(37, 450, 4_500));
        site.amend(Scenario.time(14, "12:00"), 1_000, 0);
        assertThat(site.record()).isEqualTo(before);
    }

    @Test
    void spamOfAWholeDayLeavesNothingOfIt() {
        Scenario site = twoWeeksThenADayOf(15);
        site.at(16, "10:00").sends(Mail.admitted(1));
        site.amend(Scenario.time(14, "12:00"), 9_000, 0);
        assertThat(site.record()).isEqualTo(new PerHorizon(50, 600, 6_000));
    }

    @Test
    void ofAnUnknownSenderItIsNotKept() {
        Scenario site = Scenario.enforcing().at(0, "10:00");
        site.amend(Scenario.time(0, "09:00"), 10, 0);
        assertThat(site.state()).isNull();
    }

    /** A report on bounces and mail alike: nobody says which of the two it was. */
    @Test
    void bouncesLoseItToo() {
        Scenario site = Scenario.established(10);
        site.at(14, "10:00").everyMinute(10, Mail.bounces(2));
        site.amend(Scenario.time(14, "10:05"), 4, 0);
        site.at(15, "10:00").sends(Mail.admitted(1));
        assertThat(site.state().bounces().record()).isEqualTo(new PerHorizon(6, 16, 16));
    }
}
