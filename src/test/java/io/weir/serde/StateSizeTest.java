package io.weir.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Outcome;
import io.weir.throttle.Controls;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderState;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that a sender's state takes, measured: what the promise of 300 bytes a sender stands on. */
class StateSizeTest {
    private static final int DAYS = 42;
    private static final Controls LEARN_TWO_WEEKS = new Controls(
            Rules.of(Map.of("learn.until.ms", Long.toString(Traffics.MONDAY_MS + 14 * Traffics.DAY_MS))), null);

    static Stream<Arguments> senders() {
        return Stream.of(
                Arguments.of("one message ever", 23, sender(StateSizeTest::once)),
                Arguments.of("three recipients a week, never established", 28, sender(sent -> every(7 * 24, 3, sent))),
                Arguments.of("a newsletter: 5,000 in an hour, once a week", 93, sender(StateSizeTest::newsletter)),
                Arguments.of("one message a day", 199, sender(sent -> every(24, 1, sent))),
                Arguments.of("one message an hour", 338, sender(sent -> every(1, 1, sent))),
                Arguments.of("busy: a message every 30 s", 506, sender(StateSizeTest::busy)),
                Arguments.of("a newcomer at full blast, throttled", 103, sender(StateSizeTest::blast)));
    }

    @ParameterizedTest(name = "{0}: {1} bytes")
    @MethodSource("senders")
    void aSenderTakesFewBytes(String name, int bytes, SenderState state) {
        assertThat(new StateCodec().write(state).length).as(name).isBetween(bytes * 9 / 10, bytes);
    }

    private static SenderState sender(Consumer<Traffics> script) {
        Traffics sent = new Traffics(LEARN_TWO_WEEKS);
        script.accept(sent);
        return sent.state();
    }

    private static void once(Traffics sent) {
        sent.admitted(Traffics.MONDAY_MS + 10 * Traffics.HOUR_MS + 61_234, 1);
    }

    private static void every(int hours, int recipients, Traffics sent) {
        for (int hour = 0; hour < DAYS * 24; hour += hours) {
            sent.admitted(Traffics.MONDAY_MS + hour * Traffics.HOUR_MS + hour * 7_919 % 3_500_000, recipients);
        }
    }

    private static void newsletter(Traffics sent) {
        for (int week = 0; week < DAYS / 7; week++) {
            long begin = Traffics.MONDAY_MS + week * 7 * Traffics.DAY_MS + 9 * Traffics.HOUR_MS;
            for (int i = 0; i < 500; i++) {
                sent.admitted(begin + i * 7_200, 10);
            }
        }
    }

    private static void busy(Traffics sent) {
        for (long at = 0; at < DAYS * Traffics.DAY_MS; at += 30_000) {
            sent.admitted(Traffics.MONDAY_MS + at, 1 + (int) (at / 30_000 * 7_919 % 4));
        }
    }

    private static void blast(Traffics sent) {
        long begin = Traffics.MONDAY_MS + 20 * Traffics.DAY_MS;
        for (long at = 0; at < Traffics.HOUR_MS; at += 1_000) {
            boolean admitted = at % 10_000 == 0;
            sent.send(begin + at, admitted ? Outcome.ADMITTED : Outcome.DEFERRED, 5, admitted ? 0 : 2, 0, false);
        }
    }
}
