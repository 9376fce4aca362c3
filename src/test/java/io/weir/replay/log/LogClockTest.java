package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogClockTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void aDayThatTheYearDoesNotHaveIsMalformed() {
        assertThatThrownBy(() -> at(clock(2015), "Feb 29 00:00:00"))
                .isInstanceOf(MalformedLineException.class)
                .hasMessage("no such date or time");
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

    @Test
    void inTheHourThatComesTwiceLinesOutOfOrderAreNotItsSecondPass() throws MalformedLineException {
        LogClock clock = new LogClock(BERLIN, OptionalInt.of(2015), Instant.EPOCH);
        at(clock, "Oct 25 02:30:07");
        assertThat(at(clock, "Oct 25 02:30:05")).isEqualTo("2015-10-25T00:30:07Z");
        assertThat(at(clock, "Oct 25 02:29:58")).isEqualTo("2015-10-25T00:30:07Z");
        assertThat(at(clock, "Oct 25 02:30:08")).isEqualTo("2015-10-25T00:30:08Z");
        assertThat(clock.linesBehind()).isEqualTo(2);
    }

    @Test
    void theHourThatSpringLeavesOutIsTheNext() throws MalformedLineException {
        LogClock clock = new LogClock(BERLIN, OptionalInt.of(2016), Instant.EPOCH);
        assertThat(at(clock, "Mar 27 01:59:59")).isEqualTo("2016-03-27T00:59:59Z");
        assertThat(at(clock, "Mar 27 02:30:00")).isEqualTo("2016-03-27T01:30:00Z");
        assertThat(at(clock, "Mar 27 03:30:01")).isEqualTo("2016-03-27T01:30:01Z");
    }

    @Test
    void anotherFileMayBeginInAnotherYear() throws MalformedLineException {
        LogClock clock = clock(2015);
        at(clock, "Jan  3 00:00:00");
        clock.beginFile(2015);
        assertThat(at(clock, "Nov 20 00:00:00")).isEqualTo("2015-11-20T00:00:00Z");
        clock.beginFile(2017);
        assertThat(at(clock, "Jan 20 00:00:00")).isEqualTo("2017-01-20T00:00:00Z");
    }

    @Test
    void aLineBeyondTheLatestTimeChangesNothing() throws MalformedLineException {
        long latest = Instant.parse("2026-11-26T00:00:00Z").toEpochMilli();
        LogClock clock = new LogClock(ZoneOffset.UTC, OptionalInt.empty(), Instant.EPOCH, () -> latest);
        at(clock, "2026-11-25T00:00:00Z");
        assertThatThrownBy(() -> at(clock, "2027-11-25T00:00:00Z"))
                .isInstanceOf(MalformedLineException.class)
                .hasMessage("its time lies in the future");
        assertThat(at(clock, "2026-11-25T00:00:01Z")).isEqualTo("2026-11-25T00:00:01Z");
        assertThat(clock.linesBehind()).isZero();
    }

    private static LogClock clock(int year) {
        return new LogClock(ZoneOffset.UTC, OptionalInt.of(year), Instant.EPOCH);
    }

    private static Instant at(LogClock clock, String stamp) throws MalformedLineException {
        String line = stamp + " host";
        return Instant.ofEpochMilli(LogStamp.read(line, LogStamp.end(line), clock));
    }

    /** Regression: until the time before had come again, every line was in the future, where Kafka takes none. */
    @Test
    void whenThisMachinesClockIsSetBackTheTimesGoBackWithIt() throws MalformedLineException {
        AtomicLong now = new AtomicLong(Instant.parse("2026-11-23T21:00:00Z").toEpochMilli());
        LogClock clock = new LogClock(ZoneOffset.UTC, OptionalInt.of(2026), Instant.EPOCH, now::get);
        assertThat(at(clock, "Nov 23 21:00:00")).isEqualTo("2026-11-23T21:00:00Z");
        now.addAndGet(-10_800_000);
        assertThat(at(clock, "Nov 23 17:59:59")).isEqualTo("2026-11-23T18:00:00Z");
        now.addAndGet(5_000);
        assertThat(at(clock, "Nov 23 18:00:05")).isEqualTo("2026-11-23T18:00:05Z");
    }
}
