package io.weir.replay;

import io.weir.model.SenderKey;
import io.weir.serde.StateCodec;
import io.weir.throttle.Controls;
import io.weir.throttle.Docket;
import io.weir.throttle.NetworkState;
import io.weir.throttle.SenderState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * States in memory: those of the senders seen last as objects, the others in their stored form. A million senders of a month take some
 * 400 MB.
 */
final class OfflineStates implements Docket.States {
    private static final long DAY_MS = 86_400_000;
    private static final long MARGIN_MS = 2 * DAY_MS;

    private final StateCodec codec = new StateCodec();
    private final int mostObjects;
    private final LinkedHashMap<SenderKey, SenderState> recent = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<SenderKey, byte[]> others = new HashMap<>();
    private final Map<String, NetworkState> networks = new HashMap<>();
    private Controls controls = Controls.NONE;
    private long sweptDay;

    OfflineStates(int mostObjects) {
        if (mostObjects < 1) {
            throw new IllegalArgumentException("at least 1 state is kept as an object, got " + mostObjects);
        }
        this.mostObjects = mostObjects;
    }

    @Override
    public @Nullable SenderState sender(SenderKey sender) {
        SenderState known = recent.get(sender);
        if (known != null) {
            return known;
        }
        byte[] stored = others.get(sender);
        return stored == null ? null : codec.readSender(stored);
    }

    @Override
    public @Nullable NetworkState network(SenderKey sender) {
        return networks.get(sender.network());
    }

    @Override
    public Controls controls() {
        return controls;
    }

    void direct(Controls newControls) {
        controls = newControls;
    }

    int senders() {
        return recent.size() + others.size();
    }

    /** Null leaves what is known as it is. */
    void put(SenderKey sender, @Nullable SenderState state, @Nullable NetworkState network) {
        if (network != null) {
            networks.put(sender.network(), network);
        }
        if (state == null || recent.put(sender, state) != null) {
            return;
        }
        others.remove(sender);
        if (recent.size() > mostObjects) {
            var eldest = recent.entrySet().iterator();
            Map.Entry<SenderKey, SenderState> least = eldest.next();
            others.put(least.getKey(), codec.write(least.getValue()));
            eldest.remove();
        }
    }

    /** Forgets, once per day of event time, what a step would treat as never seen; by the engine's rule and with its margin. */
    void sweep(long nowMs) {
        if (nowMs / DAY_MS <= sweptDay) {
            return;
        }
        sweptDay = nowMs / DAY_MS;
        long atMs = nowMs - MARGIN_MS;
        recent.values().removeIf(state -> state.absentAt(atMs, controls.rules()));
        others.values().removeIf(bytes -> codec.readSender(bytes).absentAt(atMs, controls.rules()));
        networks.values().removeIf(network -> network.absentAt(atMs));
    }
}
