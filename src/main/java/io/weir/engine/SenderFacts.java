package io.weir.engine;

import io.weir.model.NetworkKey;
import io.weir.throttle.Controls;
import io.weir.throttle.NetworkState;
import io.weir.throttle.SenderState;
import java.util.Map;
import java.util.Optional;

/**
 * All that a view of a sender is made from.
 *
 * @param state empty when nothing is known of the sender
 * @param networks those of its networks of which something is known
 * @param controls what it is judged by
 * @param newestMs the greatest event time of its partition, 0 before the first event
 */
public record SenderFacts(
        Optional<SenderState> state, Map<NetworkKey, NetworkState> networks, Controls controls, long newestMs) {}
