package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import org.junit.jupiter.api.Test;

/** Late, early and future-dated events; idle days and months. */
class TimeTest {
    private static ConnectionEvent mail(int day, String time, int recipients) {
        return Mail.admitted(recipients).from("203.0.113.7", Scenario.time(day, time));
    }

    @Test
    void aLateEventCountsForItsOwnFiveMinutesAndHour() {
        Scenario site = Scenario.established(10).at(14, "10:00");
        site.step(mail(14, "10:02", 40));
        site.step(mail(14, "10:06", 40));
        site.step(mail(14, "10:04", 20));
        assertThat(site.state().mail().fiveMinutes()).isEqualTo(new Tumbling(windows(14, "10:05", 5), 40, 60));
        site.step(mail(14, "11:01", 1));
        site.step(mail(14, "10:59", 2));
        assertThat(site.state().mail().hours()).isEqualTo(new Tumbling(windows(14, "11:00", 60), 1, 102));
    }

    private static long windows(int day, String time, long minutes) {
        return Scenario.time(day, time) / (minutes * Scenario.MINUTE_MS);
    }

    @Test
    void aDayStaysOpenForLateEventsUntilOne() {
        Scenario site = Scenario.enforcing().learning(2);
        site.officeHours(0, 1, Mail.admitted(10));
        site.step(mail(1, "00:59", 1));
        site.step(mail(0, "23:30", 50));
        assertThat(site.state().mail().today().peaks()).isEqualTo(new PerHorizon(50, 600, 6_050));
        assertThat(site.state().mail().tomorrow().peaks()).isEqualTo(new PerHorizon(1, 1, 1));
    }

    @Test
    void afterThatItIsPast() {
        Scenario site = Scenario.established(10);
        site.officeHours(14, 15, Mail.admitted(10));
        site.step(mail(15, "01:00", 1));
        site.step(mail(14, "23:30", 50));
        assertThat(site.at(16, "01:00").record().day()).isEqualTo(6_000);
        assertThat(site.state().traffic().sum(Traffic.Column.ATTEMPTS, windows(15, "01:00", 60)))
                .as("it is shown in the current hour, so that nothing is lost")
                .isEqualTo(51);
    }

    @Test
    void aLateEventNeverTurnsTimeBack() {
        Scenario site = Scenario.enforcing();
        site.step(mail(0, "10:00", 5));
        site.step(mail(0, "09:00", 5));
        assertThat(site.state().life().lastEventMs()).isEqualTo(Scenario.time(0, "10:00"));
        assertThat(site.state().mail().levels().fiveMinutes()).isEqualTo(10 * Allowance.MICROS);
    }

    /** The broker lets 60 s pass; should a bad clock get further, the sender is judged by it, and no worse than before. */
    @Test
    void anEventOfTheFutureMakesThoseOnTimeLate() {
        Scenario site = Scenario.established(10);
        site.step(mail(14, "11:00", 1));
        site.at(14, "10:00");
        assertThat(site.everyMinute(60, Mail.admitted(1))).isEmpty();
        assertThat(site.state().life().lastEventMs()).isEqualTo(Scenario.time(14, "11:00"));
        assertThat(site.at(15, "01:00").record()).isEqualTo(new PerHorizon(50, 600, 6_000));
    }

    @Test
    void fiveWeeksLaterMonthsVouchByHalf() {
        Scenario site = Scenario.established(10);
        assertThat(site.at(12 + 35, "12:00").record()).isEqualTo(new PerHorizon(50, 600, 6_000));
        assertThat(site.at(13 + 37, "12:00").record()).isEqualTo(new PerHorizon(25, 300, 3_000));
    }

    @Test
    void threeYearsOfSilenceAreNoTrouble() {
        Scenario site = Scenario.established(10);
        assertThat(site.at(3 * 365, "10:00").sends(Mail.admitted(5))).isEmpty();
        assertThat(site.state().mail().history()).isEqualTo(History.NONE);
        assertThat(site.state().mail().levels().day()).isEqualTo(5 * Allowance.MICROS);
    }

    @Test
    void eachDayIsHandedOverOnceItIsClosed() {
        Scenario site = Scenario.enforcing();
        site.at(0, "10:00").sends(Mail.admitted(5));
        site.at(0, "11:30").sends(Mail.rejected(2));
        site.at(1, "00:30").sends(Mail.admitted(1));
        assertThat(site.closedDays()).isEmpty();
        site.at(1, "01:00").sends(Mail.admitted(1));
        assertThat(site.closedDays()).hasSize(1);
        Judgement.ClosedDay closed = site.closedDays().get(0);
        assertThat(closed.day()).isEqualTo(Scenario.MONDAY_MS / Scenario.DAY_MS);
        assertThat(closed.hours().rows())
                .extracting(PackedRows.Row::index)
                .containsExactly(windows(0, "10:00", 60), windows(0, "11:00", 60));
        assertThat(closed.hours().rows().get(1).get(Traffic.Column.REJECTED.ordinal()))
                .isEqualTo(2);
    }
}
