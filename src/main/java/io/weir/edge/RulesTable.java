package io.weir.edge;

import io.weir.model.Mode;
import io.weir.model.RulesChange;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedEventException;
import io.weir.throttle.RuleKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which reasons the newest rules have in shadow. A verdict is as old as its decision, and what was told to stop has to stop now.
 *
 * <p>Only the modes are read: rules that a newer engine understands and this edge does not must not keep it from stopping. A mode that is not
 * given is shadow, as it is for the engine.
 */
final class RulesTable implements TopicReader.Taker {
    private static final String KEY = "rules";

    private final EventJson json = new EventJson();
    private volatile @Nullable Map<String, Mode> modes;

    @Override
    public void take(String key, byte @Nullable [] value) {
        if (!key.equals(KEY) || value == null) {
            return;
        }
        WeirEvent event = json.read(value);
        if (!(event instanceof RulesChange change)) {
            throw new MalformedEventException("it is not a rules document");
        }
        modes = modes(change.settings());
    }

    private static Map<String, Mode> modes(Map<String, String> settings) {
        Map<String, Mode> modes = new HashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(RuleKey.MODE_PREFIX)) {
                modes.put(name.substring(RuleKey.MODE_PREFIX.length()), mode(value.trim()));
            }
        });
        return Map.copyOf(modes);
    }

    private static Mode mode(String text) {
        for (Mode mode : Mode.values()) {
            if (mode.label().equals(text)) {
                return mode;
            }
        }
        throw new MalformedEventException("a mode is neither shadow nor enforce");
    }

    /** False while no rules are known: then the verdicts speak for themselves. */
    boolean isShadowed(String reason) {
        Map<String, Mode> known = modes;
        return known != null && known.getOrDefault(reason, Mode.SHADOW) == Mode.SHADOW;
    }
}
