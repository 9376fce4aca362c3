package io.weir.http;

import io.weir.engine.EngineState;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a process is.
 *
 * @param live false when only a new start can help
 * @param ready whether it does what it is there for
 * @param states what is answered: plain words by name
 */
public record Health(boolean live, boolean ready, Map<String, String> states) {
    public Health {
        states = Map.copyOf(states);
    }

    /** An engine's. Restoring is alive: to kill an engine for it would make it begin again. */
    static Health of(EngineState state) {
        boolean live = switch (state) {
            case STARTING, RESTORING, READY -> true;
            case FAILED, CLOSED -> false;
        };
        return new Health(
                live, state == EngineState.READY, Map.of("state", state.name().toLowerCase(Locale.ROOT)));
    }

    /** Both in one process: as good as the worse of the two. */
    Health and(Health other) {
        Map<String, String> both = new TreeMap<>(other.states);
        both.putAll(states);
        return new Health(live && other.live, ready && other.ready, both);
    }

    /** One flat JSON object, in the order of the names. */
    String json() {
        return new TreeMap<>(states)
                .entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\":\"" + entry.getValue() + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
