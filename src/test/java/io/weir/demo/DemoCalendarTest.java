package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoCalendarTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T23:59:59Z, 2026-10-12T00:00:00Z",
        "2026-11-21T00:00:00Z, 2026-10-19T00:00:00Z",
        "2026-11-23T12:00:00Z, 2026-10-19T00:00:00Z",
        "2026-11-27T23:59:59Z, 2026-10-19T00:00:00Z",
        "2026-11-28T00:00:00Z, 2026-10-26T00:00:00Z"
    })
    void itIsTheLastOneThatIsOver(Instant now, Instant start) {
        DemoCalendar calendar = DemoCalendar.endingBefore(now.toEpochMilli());
        assertThat(Instant.ofEpochMilli(calendar.startMs())).isEqualTo(start);
        assertThat(start.atZone(ZoneOffset.UTC).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(calendar.endMs()).isLessThanOrEqualTo(now.toEpochMilli());
    }

    @Test
    void momentsAndDaysAreCountedFromTheFirstMonday() {
        DemoCalendar calendar =
                new DemoCalendar(Instant.parse("2026-10-19T00:00:00Z").toEpochMilli());
        long moment = calendar.at(29, 9, 30);
        assertThat(Instant.ofEpochMilli(moment)).isEqualTo(Instant.parse("2026-11-17T09:30:00Z"));
        assertThat(calendar.day(moment)).isEqualTo(29);
        assertThat(DemoCalendar.hourOfDay(moment)).isEqualTo(9);
        assertThat(DemoCalendar.time(moment)).isEqualTo("Tue 17 Nov 09:30");
        assertThat(DemoCalendar.date(moment)).isEqualTo("Tuesday 17 November");
        assertThat(DemoCalendar.clock(moment)).isEqualTo("09:30");
        assertThat(calendar.liveMs()).isEqualTo(calendar.at(28, 0, 0));
        assertThat(calendar.endMs()).isEqualTo(calendar.at(33, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "1, 1 s",
        "59000, 59 s",
        "60000, 1 min",
        "89000, 1 min",
        "90000, 2 min",
        "3570000, 1 h",
        "3600000, 1 h",
        "8520000, 2 h 22 min",
        "86400000, 24 h"
    })
    void spansAreInWords(long ms, String words) {
        assertThat(DemoCalendar.span(ms)).isEqualTo(words);
    }
}
