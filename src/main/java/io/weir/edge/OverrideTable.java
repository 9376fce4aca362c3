package io.weir.edge;

import io.weir.model.NetworkMap;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.serde.MalformedOverrideException;
import io.weir.serde.OverrideJson;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operators' overrides. Few and seldom changed, so that each change makes a new map and a look-up waits for nobody. At most {@value #MOST}:
 * further ones are not obeyed.
 */
final class OverrideTable implements TopicReader.Taker {
    private static final int MOST = 10_000;

    private final Map<String, OperatorOverride> byTarget = new HashMap<>();
    private volatile NetworkMap<OperatorOverride> known = NetworkMap.of(Map.of());

    @Override
    public synchronized void take(String key, byte @Nullable [] value) {
        if (value == null) {
            byTarget.remove(key);
        } else {
            OperatorOverride override = OverrideJson.read(value);
            requireTarget(override.target());
            if (byTarget.size() >= MOST && !byTarget.containsKey(key)) {
                throw new MalformedOverrideException("there are " + MOST + " overrides already");
            }
            byTarget.put(key, override);
        }
        known = NetworkMap.of(targets());
    }

    private Map<String, OperatorOverride> targets() {
        Map<String, OperatorOverride> targets = new HashMap<>();
        byTarget.values().forEach(override -> targets.put(override.target(), override));
        return targets;
    }

    private static void requireTarget(String target) {
        try {
            var unused = NetworkMap.canonical(target);
        } catch (IllegalArgumentException e) {
            throw new MalformedOverrideException("target is " + e.getMessage());
        }
    }

    /** The override of the smallest network that covers the sender; null when there is none. */
    @Nullable
    OperatorOverride of(SenderKey sender) {
        return known.of(sender);
    }
}
