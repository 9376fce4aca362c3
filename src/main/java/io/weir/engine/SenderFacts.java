package io.weir.engine;

import io.weir.throttle.Controls;
import io.weir.throttle.SenderState;
import java.util.Optional;

/**
 * All that a view of a sender is made from.
 *
 * @param state empty when nothing is known of the sender
 * @param controls what its partition judges by
 * @param newestMs the greatest event time of its partition, 0 before the first event
 */
public record SenderFacts(Optional<SenderState> state, Controls controls, long newestMs) {}
