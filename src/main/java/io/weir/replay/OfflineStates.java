package io.weir.replay;

import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.serde.StateCodec;
import io.weir.throttle.Controls;
import io.weir.throttle.Docket;
import io.weir.throttle.Judgement.OfNetwork;
import io.weir.throttle.NetworkState;
import io.weir.throttle.SenderState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * States in memory: those of the senders and networks seen last as objects, the others in their stored form. A million senders of a month take
 * some 400 MB.
 */
final class OfflineStates implements Docket.States {
    /** At most 80 MB; a site's busy senders are fewer. */
    static final int MOST_OBJECTS = 65_536;

    private static final long DAY_MS = 86_400_000;
    private static final long MARGIN_MS = 2 * DAY_MS;

    private final Shelf<SenderKey, SenderState> senders;
    private final Shelf<NetworkKey, NetworkState> networks;
    private Controls controls = Controls.NONE;
    private long sweptDay;

    OfflineStates(int mostObjects) {
        StateCodec codec = new StateCodec();
        this.senders = new Shelf<>(mostObjects, codec::write, codec::readSender);
        this.networks = new Shelf<>(mostObjects, codec::write, codec::readNetwork);
    }

    @Override
    public @Nullable SenderState sender(SenderKey sender) {
        return senders.get(sender);
    }

    @Override
    public @Nullable NetworkState network(NetworkKey network) {
        return networks.get(network);
    }

    @Override
    public Controls controls() {
        return controls;
    }

    void direct(Controls newControls) {
        controls = newControls;
    }

    int senders() {
        return senders.size();
    }

    /** A sender without a state leaves what is known of it as it is. */
    void put(SenderKey sender, @Nullable SenderState state, List<OfNetwork> changed) {
        if (state != null) {
            senders.put(sender, state);
        }
        changed.forEach(network -> networks.put(network.network(), network.state()));
    }

    /** Forgets, once per day of event time, what a step would treat as never seen; by the engine's rule and with its margin. */
    void sweep(long nowMs) {
        if (nowMs / DAY_MS <= sweptDay) {
            return;
        }
        sweptDay = nowMs / DAY_MS;
        long atMs = nowMs - MARGIN_MS;
        senders.removeIf(state -> state.absentAt(atMs, controls.rules()));
        networks.removeIf(network -> network.absentAt(atMs, controls.rules()));
    }
}
