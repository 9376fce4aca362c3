package io.weir.replay.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.SharedData;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The logs that Exim's own tests expect: more kinds of lines than any server has. Their addresses and dates are made equal by those tests;
 * something plausible is put in their place here. Clients are in private networks, so all count for a pool.
 */
@SharedData.Needed("maillogs/exim/test/log")
class EximCorpusTest {
    private static final LogReader.Options OPTIONS = new LogReader.Options(
            Read.options().zone(),
            Read.options().firstYear(),
            Read.options().lastWritten(),
            64,
            client -> SenderKey.pool("all"),
            "here");

    private long lines;
    private long undated;
    private final List<ConnectionEvent> events = new ArrayList<>();
    private final List<ReadReport.Sample> malformed = new ArrayList<>();

    private void readAll() throws IOException {
        try (Stream<Path> files = Files.list(SharedData.file("maillogs/exim/test/log"))) {
            for (Path file : files.sorted().toList()) {
                String[] written = Files.readString(file, StandardCharsets.ISO_8859_1)
                        .replace("2017-07-30 18:51:05.712", "1999-03-02 09:44:33")
                        .replace("ip4.ip4.ip4.ip4", "203.0.113.4")
                        .replace("ip6:ip6:ip6:ip6:ip6:ip6:ip6:ip6", "2001:db8::6")
                        .replace("V4NET.", "198.")
                        .replace("V6NET:", "2001:")
                        .split("\n");
                for (String line : written) {
                    undated += line.startsWith("1999-03-02 09:44:33") ? 0 : 1;
                }
                Read read = Read.lines(LogFormat.EXIM, OPTIONS, written);
                lines += read.report().lines();
                events.addAll(read.events());
                read.report().samples().stream()
                        .filter(sample -> sample.line().startsWith("1999"))
                        .forEach(malformed::add);
                assertThat(read.report().understood()
                                + read.report().ignoredLines()
                                + read.report().malformed())
                        .isEqualTo(read.report().lines());
            }
        }
    }

    private long count(Predicate<ConnectionEvent> which) {
        return events.stream().filter(which).count();
    }

    // In maillogs/exim/test/log, lines being those of: cat * | grep -E '^[0-9]{4}-'
    // arrivals   grep ' <= ' | grep ' H=' | grep -vc ' A='
    // rejected   grep -E ' H=.* rejected (RCPT|MAIL|DATA|DKIM|after|by|during|from) ' | grep -vc ' A='
    // abandoned  grep -E 'lost while reading message data|data timeout|lost after final dot' | grep -c '\['
    // bare       grep -E 'no MAIL in SMTP connection|SMTP call from .* dropped|unexpected disconnection|SMTP command
    // timeout|rejected connection|
    //            rejected (EHLO|HELO|AUTH|VRFY|EXPN|ETRN|STARTTLS|XCLIENT|ATRN|WELLKNOWN|MAIL from )|dropped
    // by|synchronization
    // error' | grep -c '\['
    @Test
    void arrivalsAndRefusalsAreAsManyAsGrepFinds() throws IOException {
        readAll();
        assertThat(malformed).isEmpty();
        assertThat(events.stream().mapToLong(ConnectionEvent::messages).sum()).isEqualTo(876);
        assertThat(count(event -> event.transaction() && event.outcome() == Outcome.REJECTED))
                .isEqualTo(149);
        assertThat(count(event -> event.transaction() && event.outcome() == Outcome.ABANDONED))
                .isEqualTo(14);
        // cat * | wc -l, and of these grep -vcE '^[0-9]{4}-'
        assertThat(lines).isEqualTo(17397);
        assertThat(undated).isEqualTo(980);
        assertThat(count(event -> !event.transaction())).isEqualTo(66);
    }
}
