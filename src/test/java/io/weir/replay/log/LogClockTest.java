package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogClockTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "Oct 22 02:12:45,                  2015-10-22T02:12:45Z",
        "Oct  2 02:12:45,                  2015-10-02T02:12:45Z",
        "Oct 2 02:12:45,                   2015-10-02T02:12:45Z",
        "Jun 30 23:59:60,                  2015-06-30T23:59:59Z",
        "2016-03-01T00:00:00Z,             2016-03-01T00:00:00Z",
        "2016-03-01T01:00:00.123456+02:00, 2016-02-29T23:00:00.123Z",
    })
    void bothFormsAreRead(String stamp, Instant expected) throws MalformedLineException {
        assertThat(at(clock(2015), stamp)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Okt 22 02:12:45",
                "Oct 32 02:12:45",
                "Feb 29 00:00:00",
                "Oct 22 24:00:00",
                "Oct 22 02:60:00",
                "Oct 22 2:12:45",
                "Oct xx 02:12:45",
                "Oct 22 02.12:45",
                "ctN 22 02:12:45",
                "2015-10-22",
                "2015-10-22T02:12:45",
                "2015-13-22T02:12:45Z",
                "1969-12-31T23:59:59Z",
                "\0\0\0\0\0\0\0 02:12:45",
                "x",
                ""
            })
    void whatIsNoTimeIsMalformed(String stamp) {
        assertThatThrownBy(() -> at(clock(2015), stamp)).isInstanceOf(MalformedLineException.class);
    }

    @Test
    void decemberIsFollowedByTheNextJanuary() throws MalformedLineException {
        LogClock clock = clock(2015);
        assertThat(at(clock, "Dec 31 23:59:59")).isEqualTo("2015-12-31T23:59:59Z");
        assertThat(at(clock, "Jan  1 00:00:01")).isEqualTo("2016-01-01T00:00:01Z");
        assertThat(at(clock, "Feb 29 12:00:00")).isEqualTo("2016-02-29T12:00:00Z");
        assertThat(at(clock, "Aug 15 12:00:00")).isEqualTo("2016-08-15T12:00:00Z");
        assertThat(at(clock, "Dec 31 23:59:59")).isEqualTo("2016-12-31T23:59:59Z");
        assertThat(at(clock, "Jan  1 00:00:00")).isEqualTo("2017-01-01T00:00:00Z");
    }

    @Test
    void aLateDecemberLineAfterNewYearIsNotElevenMonthsAhead() throws MalformedLineException {
        LogClock clock = clock(2015);
        at(clock, "Dec 31 23:59:58");
        at(clock, "Jan  1 00:00:01");
        assertThat(at(clock, "Dec 31 23:59:59")).isEqualTo("2016-01-01T00:00:01Z");
        assertThat(clock.linesBehind()).isEqualTo(1);
        assertThat(clock.mostBehindMs()).isEqualTo(2000);
    }

    @ParameterizedTest
    @CsvSource({
        "Oct 22 02:12:45, 2015-10-22T17:10:03Z, 2015-10-22T02:12:45Z",
        "Oct 22 02:12:45, 2016-10-21T00:00:00Z, 2015-10-22T02:12:45Z",
        "Dec 30 00:00:00, 2016-01-05T00:00:00Z, 2015-12-30T00:00:00Z",
        "Jan  1 00:30:00, 2015-12-31T23:45:00Z, 2016-01-01T00:30:00Z",
        "Feb 29 00:00:00, 2019-06-01T00:00:00Z, 2016-02-29T00:00:00Z",
    })
    void withoutAYearTheFirstLineIsAsLateAsTheFileAllows(String stamp, Instant lastWritten, Instant expected)
            throws MalformedLineException {
        assertThat(at(new LogClock(ZoneOffset.UTC, OptionalInt.empty(), lastWritten), stamp))
                .isEqualTo(expected);
    }

    @Test
    void aClockSetBackStandsStillUntilItCatchesUp() throws MalformedLineException {
        LogClock clock = clock(2015);
        at(clock, "Oct 22 12:00:00");
        assertThat(at(clock, "Oct 22 11:59:57")).isEqualTo("2015-10-22T12:00:00Z");
        assertThat(at(clock, "Oct 22 11:59:59")).isEqualTo("2015-10-22T12:00:00Z");
        assertThat(at(clock, "Oct 22 12:00:01")).isEqualTo("2015-10-22T12:00:01Z");
        assertThat(clock.linesBehind()).isEqualTo(2);
        assertThat(clock.mostBehindMs()).isEqualTo(3000);
    }

    @Test
    void aLineMoreThanADayBehindIsMalformedAndChangesNothing() throws MalformedLineException {
        LogClock clock = clock(2015);
        at(clock, "Oct 22 12:00:00");
        assertThat(at(clock, "Oct 21 12:00:00")).isEqualTo("2015-10-22T12:00:00Z");
        assertThatThrownBy(() -> at(clock, "Oct 19 11:59:59"))
                .isInstanceOf(MalformedLineException.class)
                .hasMessage("its time is 3 days behind an earlier line's");
        assertThat(at(clock, "Oct 22 12:00:01")).isEqualTo("2015-10-22T12:00:01Z");
    }

    @Test
    void stampsAreReadInTheirZoneAndTheHourThatAutumnRepeatsIsReadTwice() throws MalformedLineException {
        LogClock clock = new LogClock(BERLIN, OptionalInt.of(2015), Instant.EPOCH);
        assertThat(at(clock, "Oct 25 01:30:00")).isEqualTo("2015-10-24T23:30:00Z");
        assertThat(at(clock, "Oct 25 02:30:00")).isEqualTo("2015-10-25T00:30:00Z");
        assertThat(at(clock, "Oct 25 02:59:59")).isEqualTo("2015-10-25T00:59:59Z");
        assertThat(at(clock, "Oct 25 02:00:00")).isEqualTo("2015-10-25T01:00:00Z");
        assertThat(at(clock, "Oct 25 02:30:00")).isEqualTo("2015-10-25T01:30:00Z");
        assertThat(at(clock, "Oct 25 03:00:00")).isEqualTo("2015-10-25T02:00:00Z");
        assertThat(clock.linesBehind()).isZero();
    }

    private static LogClock clock(int year) {
        return new LogClock(ZoneOffset.UTC, OptionalInt.of(year), Instant.EPOCH);
    }

    private static Instant at(LogClock clock, String stamp) throws MalformedLineException {
        String line = stamp + " host";
        return Instant.ofEpochMilli(LogStamp.read(line, LogStamp.end(line), clock));
    }
}
