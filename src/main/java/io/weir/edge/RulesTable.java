package io.weir.edge;

import io.weir.model.ClientAddress;
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
 * Which reasons the newest rules have in shadow, since a verdict is as old as its decision, and what was told to stop has to stop now; and how
 * many bits of an IPv6 address make a sender, since a verdict names the sender.
 *
 * <p>Nothing else is read: rules that a newer engine understands and this edge does not must not keep it from stopping. A mode that is not
 * given is shadow, as it is for the engine.
 */
final class RulesTable implements SmallTable {
    private static final String KEY = "rules";

    private final EventJson json = new EventJson();
    private @Nullable Newest taken;
    private volatile @Nullable Newest known;
    private volatile boolean isShown;

    private record Newest(Map<String, Mode> modes, int ipv6Prefix) {}

    @Override
    public void take(String key, byte @Nullable [] value) {
        if (!key.equals(KEY) || value == null) {
            return;
        }
        WeirEvent event = json.read(value);
        if (!(event instanceof RulesChange change)) {
            throw new MalformedEventException("it is not a rules document");
        }
        taken = new Newest(modes(change.settings()), ipv6Prefix(change.settings()));
    }

    @Override
    public void begin() {
        taken = null;
    }

    @Override
    public void show() {
        // Rules are never deleted: where there are none now, they only could not be read.
        known = taken == null ? known : taken;
        isShown = true;
    }

    /** Whether the topic has been read once, whatever was in it. */
    boolean isShown() {
        return isShown;
    }

    /** A length that cannot be is none that an engine goes by. */
    private static int ipv6Prefix(Map<String, String> settings) {
        try {
            int bits = Integer.parseInt(
                    settings.getOrDefault(RuleKey.IPV6_PREFIX.id(), "").trim());
            return ClientAddress.isIpv6Prefix(bits) ? bits : ClientAddress.DEFAULT_IPV6_PREFIX;
        } catch (NumberFormatException e) {
            return ClientAddress.DEFAULT_IPV6_PREFIX;
        }
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
        Newest newest = known;
        return newest != null && newest.modes.getOrDefault(reason, Mode.SHADOW) == Mode.SHADOW;
    }

    /** Bits of an IPv6 address that make a sender. */
    int ipv6Prefix() {
        Newest newest = known;
        return newest == null ? ClientAddress.DEFAULT_IPV6_PREFIX : newest.ipv6Prefix;
    }
}
