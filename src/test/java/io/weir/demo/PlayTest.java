package io.weir.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.throttle.AdmitRule;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** The demo's script on a stage without a broker. */
class PlayTest {
    private static final byte[] SECRET = "of the demo, known to everybody.".getBytes(StandardCharsets.US_ASCII);
    private static final DemoCalendar CALENDAR = DemoCalendar.endingBefore(1_795_503_060_123L);

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void theWeekGoesAsPromisedAndTheSameEveryTime() {
        DemoResult first = play();
        Promises.hold(first);
        String account = printed.toString(StandardCharsets.UTF_8);
        assertThat(account)
                .contains("THROTTLED  192.0.2.80  office: volume-surge (4.7.500, AS510)")
                .contains("THROTTLED  203.0.113.66  newcomer at full blast: newcomer-volume (4.7.501, AS511)")
                .contains("THROTTLED  198.18.200.0/24  snowshoe: network-newcomers (4.7.503, AS513)")
                .contains("released   192.0.2.80  after ")
                .contains("expired    203.0.113.66  after ")
                .contains(
                        "Of " + String.format("%,d", first.background().counts().messages())
                                + " messages of senders that had nothing to do with any incident, not one was deferred.")
                .contains("the same number of attempts for each of them as the edges answered")
                .matches("[\\x20-\\x7e\\n]*");
        assertThat(account.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Lines.COLUMNS));

        printed.reset();
        assertThat(play()).isEqualTo(first);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo(account);
    }

    private DemoResult play() {
        Lines lines = new Lines(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return new Play(CALENDAR, new MemoryStage(SECRET), lines, new AdmitRule(SECRET), new TenthsOfSeconds(), 0)
                .run();
    }

    /** A clock for which every look takes a tenth of a second. */
    private static final class TenthsOfSeconds implements LongSupplier {
        private long nanos;

        @Override
        public long getAsLong() {
            nanos += 100_000_000;
            return nanos;
        }
    }
}
