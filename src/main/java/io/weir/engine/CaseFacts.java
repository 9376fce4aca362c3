package io.weir.engine;

import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.Controls;
import io.weir.throttle.NetworkState;
import io.weir.throttle.NetworkView;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Ramp;
import io.weir.throttle.SenderState;
import io.weir.throttle.SenderView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A case, and what its client is judged by now.
 *
 * @param verdict what was decided then, on a sender or on a network's newcomers
 * @param sender state of the sender; empty when it is forgotten, or the verdict is on a network
 * @param network state of the network; empty when it is forgotten, or the verdict is on a sender
 * @param controls what the partition judges by
 * @param newestMs the greatest event time of the partition
 */
public record CaseFacts(
        Verdict verdict, Optional<Sender> sender, Optional<Network> network, Controls controls, long newestMs) {
    /** One sender. */
    public record Sender(SenderKey key, SenderState state) {}

    /** The newcomers of one network. */
    public record Network(NetworkKey key, NetworkState state) {}

    /** What is known of the client; null when nothing is any more. */
    public @Nullable SenderView view(long asOfMs) {
        if (sender.isPresent()) {
            Sender known = sender.get();
            return SenderView.of(known.state, controls.of(known.key, known.state), asOfMs);
        } else if (network.isPresent()) {
            Network known = network.get();
            return NetworkView.of(known.key, known.state, controls, asOfMs).newcomers();
        }
        return null;
    }

    /** The days ahead: of a sender as far as anybody plans, of a network's newcomers as far as its view goes. */
    public List<Ramp.Day> ramp(@Nullable SenderView view) {
        if (view != null && network.isPresent()) {
            return view.ramp();
        }
        return Ramp.of(view == null ? PerHorizon.ZERO : view.record(), controls.rules(), Ramp.MOST_DAYS);
    }
}
