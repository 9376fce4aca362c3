package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.weir.model.ConnectionEvent;
import org.junit.jupiter.api.Test;

class ExchangeTrackingTest {
    private static final String FIELDS =
            "#Fields: date-time,client-ip,client-hostname,server-ip,server-hostname,source,event-id,recipient-address,total-bytes,"
                    + "recipient-count,message-subject,return-path,directionality,original-client-ip";
    private static final String RECEIVED =
            "2026-11-25T10:00:00.000Z,203.0.113.7,mx.example.net,192.0.2.1,EX1,SMTP,RECEIVE,b@example.com;c@example.com,4821,2,"
                    + "\"Hello, \"\"you\"\"\",a@example.net,Incoming,";

    @Test
    void aMessageThatCameBySmtpIsAdmitted() {
        Read read = Read.lines(LogFormat.EXCHANGE_TRACKING, "#Software: x", FIELDS, RECEIVED);
        assertThat(read.described()).containsExactly("10:00:00 203.0.113.7 admitted 2");
        ConnectionEvent event = read.events().get(0);
        assertThat(event.bytes()).isEqualTo(4821);
        assertThat(event.edge()).isEqualTo("EX1");
        assertThat(read.report().ignored()).containsOnly(entry("exchange/comment", 2L));
    }

    @Test
    void behindAnotherServerOfTheSiteTheClientIsTheOriginalOne() {
        Read read = Read.lines(
                LogFormat.EXCHANGE_TRACKING,
                FIELDS,
                RECEIVED.replace("203.0.113.7", "fe80::1%3").replace("a@example.net", "<>") + "2001:db8::7");
        assertThat(read.described()).containsExactly("10:00:00 2001:db8::7 admitted 2 null");
    }

    @Test
    void whatDidNotComeFromOutsideIsIgnoredByKind() {
        Read read = Read.lines(
                LogFormat.EXCHANGE_TRACKING,
                FIELDS,
                RECEIVED.replace("203.0.113.7", "10.1.2.3"),
                RECEIVED.replace("Incoming", "Originating"),
                RECEIVED.replace("SMTP,RECEIVE", "STOREDRIVER,DELIVER"),
                RECEIVED.replace("SMTP,RECEIVE", "SMTP,SEND"));
        assertThat(read.events()).isEmpty();
        assertThat(read.report().ignored())
                .containsOnly(
                        entry("exchange/comment", 1L),
                        entry("exchange/local client", 1L),
                        entry("exchange/authenticated client", 1L),
                        entry("exchange/STOREDRIVER DELIVER", 1L),
                        entry("exchange/SMTP SEND", 1L));
    }

    @Test
    void brokenLinesAreCounted() {
        assertThat(Read.lines(LogFormat.EXCHANGE_TRACKING, RECEIVED).why())
                .isEqualTo("no #Fields: line before it, which names the columns");
        assertThat(Read.lines(LogFormat.EXCHANGE_TRACKING, FIELDS, RECEIVED.replace(",2,", ",many,"))
                        .why())
                .isEqualTo("no number in recipient-count");
        assertThat(Read.lines(LogFormat.EXCHANGE_TRACKING, FIELDS, "2026-11-25T10:00:00.000Z,203.0.113.7")
                        .why())
                .isEqualTo("no source");
    }
}
