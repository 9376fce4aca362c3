package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.replay.log.LogSample.Beginning;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogSampleTest {
    private static final LogReader.Options OPTIONS = LogReader.Options.of(Instant.parse("2026-11-25T12:00:00Z"));

    private static LogSample sample(String... lines) {
        LogSample sample = new LogSample(null, OPTIONS);
        for (String line : lines) {
            sample.add(line);
        }
        return sample;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postfix | mx1 | Nov 25 10:00:00 mx1 postfix/smtpd[7]: connect from x[203.0.113.7]",
                "postfix | mx1 | 2026-11-25T10:00:00.123456+00:00 mx1 mail-in/qmgr[7]: 4104E3D: removed",
                "sendmail | mx1 | Nov 25 10:00:00 mx1 sm-mta[7]: 6APDnefO000042: to=<b@example.com>, stat=Sent",
                "exim | '' | 2026-11-25 10:00:00 1xWDGF-0001cG-1q Completed",
                "exim | '' | 2026-11-25 10:00:00.5 [12] H=[203.0.113.7] F=<a@b> rejected RCPT <x@y>",
                "exim | mx1 | Nov 25 10:00:00 mx1 exim[12]: 2026-11-25 10:00:00 Start queue run: pid=1",
                "exchange | EX1 | '2026-11-25T10:00:00.000Z,EX1\\Default,A,1,192.0.2.1:25,203.0.113.1:4,+,,'",
                "haraka | '' | 2026-11-25T10:00:00.000Z [NOTICE] [F9F0D20D] [core] connect ip=203.0.113.7",
                "haraka | mx1 | Nov 25 10:00:00 mx1 haraka[1]: [INFO] [F9F0D20D.1] [core] x",
                "events | mx1 | '{\"v\":1,\"kind\":\"connection\",\"edge\":\"mx1\",\"occurredAtMs\":1795600800000,\"clientAddress\":\"203.0.113.7\",\"outcome\":\"unknown\"}'",
            })
    void eachFormatIsRecognised(String format, String host, String line) {
        Beginning beginning = sample("# a stray line", line).beginning().orElseThrow();
        assertThat(beginning.format().label()).isEqualTo(format);
        assertThat(beginning.host()).isEqualTo(host);
        assertThat(Instant.ofEpochMilli(beginning.firstMs()))
                .isBetween("2026-11-25T10:00:00Z", "2026-11-25T10:00:00.5Z");
    }

    @Test
    void exchangesLogsNameThemselves() {
        String[] tracking = {
            "#Software: Microsoft Exchange Server",
            "#Log-type: Message Tracking Log",
            "#Fields: date-time,server-hostname,source,event-id",
            "2026-11-25T10:00:00.000Z,EX1,SMTP,RECEIVE"
        };
        assertThat(sample(tracking).beginning())
                .contains(new Beginning(LogFormat.EXCHANGE_TRACKING, "EX1", 1795600800000L, 2026, false));
        tracking[1] = "#Log-type: SMTP Send Protocol Log";
        assertThat(sample(tracking).beginning()).isEmpty();
        assertThat(sample(tracking).seen()).isEqualTo("is an Exchange SMTP Send Protocol Log");
    }

    @Test
    void theYearIsInferredOnlyWhereALineLacksIt() {
        assertThat(sample("Dec 25 10:00:00 mx1 postfix/qmgr[7]: 4104E3D: removed")
                        .beginning())
                .contains(new Beginning(
                        LogFormat.POSTFIX,
                        "mx1",
                        Instant.parse("2025-12-25T10:00:00Z").toEpochMilli(),
                        2025,
                        true));
        assertThat(sample("2026-11-25T10:00:00Z mx1 postfix/qmgr[7]: 4104E3D: removed")
                        .beginning())
                .contains(new Beginning(LogFormat.POSTFIX, "mx1", 1795600800000L, 2026, false));
        assertThat(sample("Dec 25 10:00:00 mx1 postfix/qmgr[7]: 4104E3D: removed")
                        .beginningIn(2019))
                .map(Beginning::firstMs)
                .contains(Instant.parse("2019-12-25T10:00:00Z").toEpochMilli());
    }

    @Test
    void theFormatWithMostLinesWins() {
        assertThat(sample(
                                "Nov 25 10:00:00 mx1 sendmail[7]: x: y",
                                "Nov 25 10:00:00 mx1 postfix/qmgr[7]: 4104E3D: removed",
                                "Nov 25 10:00:00 mx1 postfix/qmgr[7]: 4104E3E: removed")
                        .beginning())
                .map(Beginning::format)
                .contains(LogFormat.POSTFIX);
    }

    @Test
    void enoughIsEnough() {
        LogSample sample = new LogSample(null, OPTIONS);
        int lines = 1;
        while (!sample.add("Nov 25 10:00:00 mx1 postfix/qmgr[7]: 4104E3D: removed")) {
            lines++;
        }
        assertThat(lines).isLessThan(30);
    }

    @Test
    void aFormatThatIsSaidNeedNotBeRecognised() {
        LogSample sample = new LogSample(LogFormat.POSTFIX, OPTIONS);
        sample.add("Nov 25 10:00:00 mx1 dovecot: x");
        assertThat(sample.beginning()).map(Beginning::format).contains(LogFormat.POSTFIX);
    }

    @Test
    void whatIsNoLogIsDescribed() {
        assertThat(sample().seen()).isEqualTo("is empty");
        assertThat(sample("").seen()).isEqualTo("begins with an empty line");
        assertThat(sample("\u0007PNG" + "x".repeat(500)).seen())
                .startsWith("begins with '?PNGxxx")
                .endsWith("...'");
        assertThat(sample(
                                "Nov 25 10:00:00 mx1 dovecot: x",
                                "Nov 25 10:00:00 mx1 cron[1]: x",
                                "Nov 25 10:00:00 mx1 dovecot: x")
                        .seen())
                .isEqualTo("is a syslog of dovecot, cron");
        assertThat(sample("[NOTICE] [F9F0D20D] [core] connect ip=203.0.113.7").seen())
                .isEqualTo("is a log of haraka, but none of its first lines has a time");
        assertThat(sample(Collections.nCopies(40, "x").toArray(String[]::new)).firstLines())
                .hasSize(20);
    }
}
