package io.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.model.ConnectionEvent.Facts;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventBoundsTest {
    private static final SenderKey SENDER = ClientAddress.parse("203.0.113.7").sender();

    @ParameterizedTest
    @CsvSource({"0,0,0,0,0,0", "1000000,1000000,1000000,1000000,9223372036854775807,9223372036854775807"})
    void theBoundsAreAllowed(int messages, int recipients, int retries, int wouldDefer, long bytes, long at) {
        assertThatCode(() -> event(messages, recipients, retries, wouldDefer, bytes, at))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1|0|0|0|0|0|messages must be 0 to 1000000, got -1",
                "1000001|0|0|0|0|0|messages must be 0 to 1000000, got 1000001",
                "0|-1|0|0|0|0|recipients must be 0 to 1000000, got -1",
                "0|1000001|0|0|0|0|recipients must be 0 to 1000000, got 1000001",
                "1|3|4|0|0|0|retries and wouldDefer are parts of recipients (3), got 4 and 0",
                "1|3|0|4|0|0|retries and wouldDefer are parts of recipients (3), got 0 and 4",
                "1|3|-1|0|0|0|retries must be 0 to 1000000, got -1",
                "1|3|0|-1|0|0|wouldDefer must be 0 to 1000000, got -1",
                "1|3|0|0|-1|0|bytes must be at least 0, got -1",
                "1|3|0|0|0|-1|occurredAtMs must be at least 0, got -1",
            })
    void beyondThemIsRefused(
            int messages, int recipients, int retries, int wouldDefer, long bytes, long at, String message) {
        assertThatThrownBy(() -> event(messages, recipients, retries, wouldDefer, bytes, at))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"-1,0,0", "101,0,0", "50,-1,0", "50,0,-1", "50,1000001,0", "50,0,1000001"})
    void anAmendmentRefersToThePastAndIsBounded(long refTimeMs, int spam, int rejected) {
        assertThatThrownBy(() -> new Amendment("filter", 1, 100, SENDER, refTimeMs, spam, rejected))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> new Amendment("filter", 1, 100, SENDER, 100, 1_000_000, 1_000_000))
                .doesNotThrowAnyException();
    }

    @Test
    void aGapEndsAfterItBegan() {
        assertThatThrownBy(() -> new Gap("weir-gap", 100, 51, 50))
                .hasMessage("a gap must end after it began, got 51 to 50");
        assertThatThrownBy(() -> new Gap("weir-gap", 100, -1, 50)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rulesDoNotChangeBehindTheRecord() {
        Map<String, String> settings = new HashMap<>(Map.of("growth", "2"));
        RulesChange rules = new RulesChange("weir-rules", 100, settings);
        settings.put("growth", "3");
        assertThat(rules.settings()).containsExactly(Map.entry("growth", "2"));
    }

    private static ConnectionEvent event(
            int messages, int recipients, int retries, int wouldDefer, long bytes, long occurredAtMs) {
        return new ConnectionEvent(
                true,
                "mx1",
                1,
                occurredAtMs,
                "203.0.113.7",
                SENDER,
                Outcome.ADMITTED,
                messages,
                recipients,
                retries,
                wouldDefer,
                bytes,
                false,
                null,
                Facts.NONE);
    }
}
