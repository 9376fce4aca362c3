package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that must not be throttled, and nearly were. */
class HarmlessTest {
    /** With a refill of just the record, a budget that leaks a millionth too little overflows after a week. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1000})
    void aYearOfExactlyTheRecordAddsNothingUp(int recipients) {
        Scenario site = Scenario.enforcing()
                .rules(RuleKey.REFILL_1D, "1")
                .rules(RuleKey.NEWCOMER_1D, "1")
                .rules(RuleKey.FLOOR_1D, "1")
                .restore(Senders.withRecord(new PerHorizon(1000, 1000, recipients), 20));
        // A day's mail at its end, the next day's at its beginning, and so on at its beginning.
        site.at(20, "23:59:59").sends(Mail.admitted(recipients));
        for (int day = 21; day < 21 + 365; day++) {
            assertThat(site.at(day, "00:00").sends(Mail.admitted(recipients)))
                    .as("day %d", day)
                    .isEmpty();
        }
    }

    /** An allowance of 3.2 recipients was rounded to 3, of which the burst is less than twice the record. */
    @Test
    void aRecordOfOneRecipientMayBeUsedTwiceInARow() {
        Scenario site = Scenario.enforcing()
                .rules(RuleKey.REFILL_1D, "1.2")
                .rules(RuleKey.NEWCOMER_1D, "1")
                .rules(RuleKey.FLOOR_1D, "1")
                .restore(Senders.withRecord(new PerHorizon(100, 100, 1), 20));
        assertThat(site.at(20, "23:59:59").sends(Mail.admitted(1))).isEmpty();
        assertThat(site.at(21, "00:00").sends(Mail.admitted(1))).isEmpty();
    }

    @Test
    void aWeeklyNewsletterToEverybodyPassesEachWeek() {
        Scenario site = Scenario.enforcing().learning(14);
        for (int week = 0; week < 30; week++) {
            assertThat(site.at(week * 7, "09:00").everyMinute(10, Mail.admitted(500)))
                    .as("week %d", week)
                    .isEmpty();
        }
    }

    /** Growth within the factor needs nobody to be asked. */
    @Test
    void aSenderThatGrowsAThirdEachWeekIsLeftAlone() {
        Scenario site = Scenario.established(6);
        int perMinute = 6;
        for (int week = 2; week < 10; week++) {
            perMinute = perMinute * 4 / 3;
            assertThat(site.officeHours(week * 7, week * 7 + 7, Mail.admitted(perMinute)))
                    .as("week %d", week)
                    .isEmpty();
        }
    }
}
