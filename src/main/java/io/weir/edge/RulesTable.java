package io.weir.edge;

import io.weir.model.Mode;
import io.weir.model.RulesChange;
import io.weir.model.SenderMap;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedEventException;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import io.weir.throttle.RulesException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the newest rules say to edges: which reasons they have in shadow, since a verdict is as old as its decision and what was told to stop has
 * to stop now; and which sender an address belongs to.
 *
 * <p>Nothing else is read: rules that a newer engine understands and this edge does not must not keep it from stopping. A mode that is not
 * given is shadow, as it is for the engine. Where senders cannot be understood, those of before stay.
 */
final class RulesTable implements TopicReader.Taker {
    private static final String KEY = "rules";

    private final EventJson json = new EventJson();
    private volatile @Nullable Map<String, Mode> modes;
    private volatile SenderMap senders = SenderMap.DEFAULT;

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
        try {
            senders = Rules.senders(change.settings());
        } catch (RulesException e) {
            throw new MalformedEventException(String.valueOf(e.getMessage()));
        }
    }

    /** Which sender an address belongs to. */
    SenderMap senders() {
        return senders;
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
