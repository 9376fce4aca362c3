package io.weir.engine;

import io.weir.model.NetworkKey;
import io.weir.throttle.Controls;
import io.weir.throttle.NetworkState;
import java.util.Optional;

/**
 * All that a view of a network is made from.
 *
 * @param state empty when nothing is known of the network
 * @param controls what its partition judges by
 * @param newestMs the greatest event time of its partition, 0 before the first event
 */
public record NetworkFacts(NetworkKey network, Optional<NetworkState> state, Controls controls, long newestMs) {}
