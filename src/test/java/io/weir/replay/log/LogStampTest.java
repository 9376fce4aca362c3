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

class LogStampTest {
    @ParameterizedTest
    @CsvSource({
        "Oct 22 02:12:45,                  2015-10-22T02:12:45Z",
        "Oct  2 02:12:45,                  2015-10-02T02:12:45Z",
        "Oct 2 02:12:45,                   2015-10-02T02:12:45Z",
        "Oct 02 02:12:45,                  2015-10-02T02:12:45Z",
        "Jun 30 23:59:60,                  2015-06-30T23:59:59Z",
        "2016-03-01T00:00:00Z,             2016-03-01T00:00:00Z",
        "2016-03-01T01:00:00.123456+02:00, 2016-02-29T23:00:00.123Z",
        "2016-03-01T01:00:00.1-0530,       2016-03-01T06:30:00.100Z",
        "2016-03-01 01:00:00,              2016-03-01T01:00:00Z",
        "2016-03-01 01:00:00.12,           2016-03-01T01:00:00.120Z",
        "2016-03-01 01:00:00 +0200,        2016-02-29T23:00:00Z",
        "2016-03-01 01:00:00.5 -0100,      2016-03-01T02:00:00.500Z",
    })
    void eachFormIsRead(String stamp, Instant expected) throws MalformedLineException {
        assertThat(read(stamp, ZoneOffset.UTC)).isEqualTo(expected);
    }

    @Test
    void whatNamesNoZoneIsInTheLogs() throws MalformedLineException {
        ZoneId vienna = ZoneId.of("Europe/Vienna");
        assertThat(read("2016-07-01 01:00:00", vienna)).isEqualTo("2016-06-30T23:00:00Z");
        assertThat(read("2016-07-01 01:00:00 +0000", vienna)).isEqualTo("2016-07-01T01:00:00Z");
        assertThat(read("Jul  1 01:00:00", vienna)).isEqualTo("2015-06-30T23:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Okt 22 02:12:45",
                "Oct 32 02:12:45",
                "Oct 22 24:00:00",
                "Oct 22 02:60:00",
                "Oct 22 02:00:61",
                "Oct 22 2:12:45",
                "Oct xx 02:12:45",
                "Oct 22 02.12:45",
                "ctN 22 02:12:45",
                "2015-10-22",
                "2015-10-22T02:12:45",
                "2015-13-22T02:12:45Z",
                "2015-02-29T02:12:45Z",
                "2015-10-22T24:12:45Z",
                "2015-10-22T02:12:45.Q",
                "2015-10-22T02:12:45+1:00",
                "2015-10-22T02:12:45*01:00",
                "1969-12-31T23:59:59Z",
                "2015-02-29 02:12:45",
                "2015-10-22 02.12:45",
                "1969-12-31 02:12:45",
                "4",
                "20151022 021245",
                "\0\0\0\0\0\0\0 02:12:45",
                "x",
                ""
            })
    void whatIsNoTimeIsMalformed(String stamp) {
        assertThatThrownBy(() -> read(stamp, ZoneOffset.UTC)).isInstanceOf(MalformedLineException.class);
    }

    private static Instant read(String stamp, ZoneId zone) throws MalformedLineException {
        LogClock clock = new LogClock(zone, OptionalInt.of(2015), Instant.EPOCH);
        String line = stamp + " host";
        int end = LogStamp.end(line);
        Instant time = Instant.ofEpochMilli(LogStamp.read(line, end, clock));
        assertThat(end).isEqualTo(stamp.length());
        return time;
    }
}
