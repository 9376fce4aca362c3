package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weir.SharedData;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lines that another project's filters are tested with, each under a comment that tells its time and client. Most are about
 * authentication, which tells us nothing; what is an event must have the answer's client and time.
 */
@SharedData.Needed("maillogs/fail2ban/fail2ban/tests/files/logs")
class Fail2banLogsTest {
    private static final String ANSWER = "# failJSON: ";

    /** A line, and what is said of it. */
    private record Answered(String line, JsonNode answer) {
        String client() {
            return ClientAddress.parse(answer.path("host").asText()).text();
        }

        long timeMs() {
            // One of them has a day of one digit.
            return LocalDateTime.parse(answer.path("time").asText().replaceFirst("-(\\d)T", "-0$1T"))
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
        }

        int year() {
            return answer.has("time")
                    ? Integer.parseInt(answer.path("time").asText().substring(0, 4))
                    : 2005;
        }
    }

    private static List<Answered> answered(String file) throws IOException {
        JsonMapper json = new JsonMapper();
        List<Answered> answered = new ArrayList<>();
        String answer = "";
        for (String line : Files.readAllLines(
                SharedData.file("maillogs/fail2ban/fail2ban/tests/files/logs/" + file), StandardCharsets.UTF_8)) {
            if (line.startsWith(ANSWER)) {
                answer = line.substring(ANSWER.length());
            } else if (!line.isBlank() && !line.startsWith("#") && !answer.isEmpty()) {
                answered.add(new Answered(line, json.readTree(answer)));
                answer = "";
            }
        }
        return answered;
    }

    // Lines: grep -c '^# failJSON' FILE. Events, of which none is told of submission services and private addresses:
    // postfix          grep -E '^[A-Z].*/(smtpd|postscreen)\[.*: (milter-)?reject' | grep -vcE '/(submission|smtps)/'
    // sendmail-reject  grep -E 'ruleset=check_|rejecting commands|did not issue MAIL|after startup|nrcpts=0' | grep -vc
    // '192\.168\.1\.45'
    // exim, exim-spam  grep -E '^[0-9]' | grep -cE 'rejected (RCPT|connection from|"RSET"|by|after)|no MAIL in
    // SMTP|dropped|closed by DROP'
    @ParameterizedTest
    @CsvSource({
        "postfix,         POSTFIX,  63, 24",
        "sendmail-reject, SENDMAIL, 45, 31",
        "sendmail-auth,   SENDMAIL, 13, 0",
        "exim,            EXIM,     51, 22",
        "exim-spam,       EXIM,     8,  5",
    })
    void anEventHasTheAnswersClientAndTime(String file, LogFormat format, int lines, int events) throws IOException {
        List<Answered> answered = answered(file);
        int told = 0;
        for (Answered one : answered) {
            Read read = Read.lines(format, Read.options().withFirstYear(one.year()), one.line());
            assertThat(read.report().malformed()).as(one.line()).isZero();
            for (ConnectionEvent event : read.events()) {
                told++;
                if (one.answer().has("host")) {
                    assertThat(event.clientAddress()).as(one.line()).isEqualTo(one.client());
                }
                if (one.answer().has("time")) {
                    assertThat(event.occurredAtMs()).as(one.line()).isEqualTo(one.timeMs());
                }
            }
        }
        assertThat(answered).hasSize(lines);
        assertThat(told).isEqualTo(events);
    }
}
