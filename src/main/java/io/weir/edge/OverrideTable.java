package io.weir.edge;

import io.weir.model.NetworkMap;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.serde.MalformedOverrideException;
import io.weir.serde.OverrideJson;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The operators' overrides. Few and seldom changed, so that changes make a new map and a look-up waits for nobody. At most
 * {@value OperatorOverride#MOST} that have not expired: further ones are not obeyed.
 */
final class OverrideTable implements SmallTable {
    private final LongSupplier clock;
    private final Map<String, OperatorOverride> byTarget = new HashMap<>();
    private boolean isChanged;
    private volatile NetworkMap<OperatorOverride> known = NetworkMap.of(Map.of());

    /** @param clock the time of day, milliseconds since the epoch */
    OverrideTable(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void take(String key, byte @Nullable [] value) {
        OperatorOverride override = value == null ? null : OverrideJson.read(value);
        isChanged = true;
        if (override == null || override.isOverAt(clock.getAsLong())) {
            byTarget.remove(key);
            return;
        }
        requireTarget(override.target());
        if (byTarget.size() >= OperatorOverride.MOST && !byTarget.containsKey(key)) {
            forgetExpired();
        }
        if (byTarget.size() >= OperatorOverride.MOST && !byTarget.containsKey(key)) {
            throw new MalformedOverrideException("there are " + OperatorOverride.MOST + " overrides already");
        }
        byTarget.put(key, override);
    }

    private void forgetExpired() {
        long now = clock.getAsLong();
        byTarget.values().removeIf(override -> override.isOverAt(now));
    }

    @Override
    public synchronized void begin() {
        byTarget.clear();
        isChanged = true;
    }

    @Override
    public synchronized void show() {
        if (isChanged) {
            isChanged = false;
            forgetExpired();
            Map<String, OperatorOverride> targets = new HashMap<>();
            byTarget.values().forEach(override -> targets.put(override.target(), override));
            known = NetworkMap.of(targets);
        }
    }

    private static void requireTarget(String target) {
        try {
            var unused = NetworkMap.canonical(target);
        } catch (IllegalArgumentException e) {
            throw new MalformedOverrideException("target is " + e.getMessage());
        }
    }

    /** Of those that allow or throttle at {@code nowMs} the one of the smallest network that covers the sender; null when there is none. */
    @Nullable
    OperatorOverride of(SenderKey sender, long nowMs) {
        return known.of(sender, override -> override.holdsAt(nowMs) && !isPlan(override));
    }

    /** The same of those that agree to a volume. */
    @Nullable
    OperatorOverride planOf(SenderKey sender, long nowMs) {
        return known.of(sender, override -> override.holdsAt(nowMs) && isPlan(override));
    }

    private static boolean isPlan(OperatorOverride override) {
        return override.action() == OperatorOverride.Action.PLANNED;
    }
}
