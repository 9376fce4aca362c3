package io.weir.serde;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bounds and words of events on the wire, for reader and writer alike; {@code connection-event.schema.json} says the same. */
final class EventFields {
    static final int VERSION = 1;
    static final int MAX_BYTES = 16 * 1024;
    static final int MAX_EDGE = 255;
    static final int MAX_POOL = 64;
    static final int MAX_FACT = 512;
    static final int MAX_SETTINGS = 512;
    static final int MAX_SETTING = 4096;
    static final int MAX_COUNT = ConnectionEvent.MAX_ATTEMPTS;
    /** End of the year 9999: far enough, and sums of such times cannot overflow. */
    static final long MAX_TIME_MS = 253_402_300_799_999L;

    private static final Map<String, Kind> KINDS = byLabel(Kind.values(), Kind::label);
    private static final Map<String, Outcome> OUTCOMES = byLabel(Outcome.values(), Outcome::label);

    private EventFields() {}

    /** What a record on {@code smtp-connections} is about. */
    enum Kind {
        TRANSACTION("transaction"),
        CONNECTION("connection"),
        AMEND("amend"),
        RULES("rules"),
        GAP("gap"),
        BRAKE("brake");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static @Nullable Kind kind(String label) {
        return KINDS.get(label);
    }

    static @Nullable Outcome outcome(String label) {
        return OUTCOMES.get(label);
    }

    /** What is wrong with one setting of the rules; null when nothing is. */
    static @Nullable String settingProblem(String key, String value) {
        boolean fits = !key.isBlank() && key.length() <= MAX_EDGE && value.length() <= MAX_SETTING;
        return fits && JsonText.isPlain(key) && JsonText.isPlain(value)
                ? null
                : "a setting must have a name of 1 to " + MAX_EDGE + " and a value of at most " + MAX_SETTING
                        + " characters, without control characters";
    }

    /** The allowed words of an enum, for error messages. */
    static <E> String words(E[] values, Function<E, String> label) {
        return Arrays.stream(values).map(label).collect(Collectors.joining(", "));
    }

    private static <E> Map<String, E> byLabel(E[] values, Function<E, String> label) {
        return Arrays.stream(values).collect(Collectors.toUnmodifiableMap(label, Function.identity()));
    }
}
