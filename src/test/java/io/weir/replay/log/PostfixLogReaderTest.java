package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.model.ConnectionEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostfixLogReaderTest extends PostfixLogFixture {
    @Test
    void hostsAreKeptApart() {
        String other = "Oct 22 10:00:02 mx2 ";
        readLines(
                "Oct 22 10:00:00 mx1 " + CONNECT,
                "Oct 22 10:00:01 mx1 " + CLIENT,
                other + CONNECT.replace("113.7", "113.8"),
                other + CLIENT.replace("113.7", "113.8"),
                other + QUEUED,
                "Oct 22 10:00:03 mx1 " + QUEUED);
        assertThat(events)
                .extracting(ConnectionEvent::edge, ConnectionEvent::clientAddress)
                .containsExactly(tuple("mx2", "203.0.113.8"), tuple("mx1", "203.0.113.7"));
    }

    @Test
    void preciseStampsLongQueueIdsAndAnyInstanceNameAreRead() {
        readLines(
                "2015-10-22T12:00:01.250+02:00 mx1 postfix-in/smtpd[7]: 48rT2v1hQrz1J0N: client=x[203.0.113.7]:40123",
                "2015-10-22T12:00:01.750+02:00 mx1 postfix-in/qmgr[7]: 48rT2v1hQrz1J0N: from=<a@b>, size=1, nrcpt=2 (queue active)");
        assertThat(described()).containsExactly("10:00:01.750 203.0.113.7 admitted 2");
    }

    @Test
    void eventsAreInOrderThoughTheClockWasSetBack() {
        ReadReport report = read(
                "10:00:05 " + CLIENT,
                "10:00:02 " + QUEUED,
                "10:00:03 postfix/smtpd[7]: NOQUEUE: reject: RCPT from x[203.0.113.7]: 550 no",
                "10:00:06 postfix/smtpd[7]: NOQUEUE: reject: RCPT from x[203.0.113.7]: 550 no");
        assertThat(described())
                .containsExactly(
                        "10:00:05 203.0.113.7 admitted 3",
                        "10:00:05 203.0.113.7 rejected 1",
                        "10:00:06 203.0.113.7 rejected 1");
        assertThat(report.linesBehind()).isEqualTo(2);
        assertThat(report.mostBehindMs()).isEqualTo(3000);
    }

    @Test
    void malformedLinesAreCountedAndTheFirstFiveShown() {
        ReadReport report = readLines(
                "",
                "no stamp at all",
                "Oct 22 10:00:00",
                "Oct 22 10:00:00 mx1 no program here",
                "Oct 22 10:00:00 mx1 postfix/smtpd[7]: connect from x[not an address]",
                "Oct 22 10:00:00 mx1 postfix/smtpd[7]: connect from nobody",
                "Oct 22 10:00:00 mx1 " + CLIENT,
                "Oct 22 10:00:00 mx1 " + QUEUED.replace("5360", "big"),
                "Oct 22 10:00:00 mx1 \u0007" + "x".repeat(70_000));

        assertThat(events).isEmpty();
        assertThat(report.lines()).isEqualTo(9);
        assertThat(report.understood()).isEqualTo(1);
        assertThat(report.malformed()).isEqualTo(8);
        assertThat(report.samples())
                .containsExactly(
                        new ReadReport.Sample(1, "empty", ""),
                        new ReadReport.Sample(2, "no time stamp", "no stamp at all"),
                        new ReadReport.Sample(3, "no host after the time stamp", "Oct 22 10:00:00"),
                        new ReadReport.Sample(4, "no program after the host", "Oct 22 10:00:00 mx1 no program here"),
                        new ReadReport.Sample(
                                5,
                                "not an IP address: 'not an address'",
                                "Oct 22 10:00:00 mx1 postfix/smtpd[7]: connect from x[not an address]"));
    }

    @Test
    void aLineBeyondTheBoundIsMalformedAndItsSampleShortAndPrintable() {
        ReadReport report =
                readLines("Oct 22 10:00:00 mx1 \u0007" + "x".repeat(70_000), "Oct 22 10:00:01 mx1 " + CONNECT);
        assertThat(report.lines()).isEqualTo(2);
        assertThat(report.understood()).isEqualTo(1);
        assertThat(report.samples())
                .containsExactly(new ReadReport.Sample(
                        1, "longer than 65536 bytes", "Oct 22 10:00:00 mx1 ?" + "x".repeat(99) + "..."));
    }

    @Test
    void tablesForgetTheOldestAtTheirBoundAndSaySo() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lines.add("Oct 22 10:00:0" + i + " mx1 "
                    + CLIENT.replace("4104E3D", "4104E3" + i).replace("[7]", "[" + i + "]"));
        }
        for (int i = 0; i < 5; i++) {
            lines.add("Oct 22 10:01:0" + i + " mx1 " + QUEUED.replace("4104E3D", "4104E3" + i));
        }
        ReadReport report = PostfixLogReader.read(bytes(lines), options(), events::add, new LogReader.Bounds(4, 3));

        assertThat(described())
                .containsExactly(
                        "10:01:02 203.0.113.7 admitted 3",
                        "10:01:03 203.0.113.7 admitted 3",
                        "10:01:04 203.0.113.7 admitted 3");
        assertThat(report.forgotten()).isEqualTo(2 + 1);
        assertThat(report.openAtEnd()).isEqualTo(4);
    }

    @Test
    void anotherFilesWordsDoNotFillTheMemory() {
        String[] lines = new String[1000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "Oct 22 10:00:00 mx1 p" + "x".repeat(i / 100) + (char) ('a' + i % 26)
                    + (char) ('a' + i / 26 % 26) + ": x";
        }
        ReadReport report = readLines(lines);
        assertThat(report.ignored()).hasSize(201).containsKey("further kinds");
        assertThat(report.ignoredLines()).isEqualTo(1000);
        assertThat(report.text()).contains(" of 181 kinds more\n");
        assertThat(report.text().lines()).hasSizeLessThan(50);
    }

    @Test
    void theReportReadsLikeThis() {
        String text = read("10:00:00 " + CONNECT, "10:00:01 " + CLIENT, "10:00:02 " + QUEUED, "junk")
                .text();
        assertThat(text).isEqualTo("""
                                 4  lines read
                                 3  understood
                                 0  ignored
                                 1  malformed
                            line 4: no time stamp: Oct 22 junk
                                 1  events
                                 1    transactions admitted
                          from 2015-10-22T10:00:02Z to 2015-10-22T10:00:02Z
                                 1  without an end in this log
                        """);
    }
}
