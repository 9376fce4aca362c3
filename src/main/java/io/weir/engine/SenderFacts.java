package io.weir.engine;

import io.weir.model.SenderKey;
import io.weir.throttle.Controls;
import io.weir.throttle.SenderState;
import java.util.List;
import java.util.Optional;

/**
 * All that a view of a sender is made from.
 *
 * @param state empty when nothing is known of the sender
 * @param trusted what it sends by connectors, which is kept apart; in the order of their names
 * @param controls what its partition judges by
 * @param newestMs the greatest event time of its partition, 0 before the first event
 */
public record SenderFacts(Optional<SenderState> state, List<Trusted> trusted, Controls controls, long newestMs) {
    public SenderFacts {
        trusted = List.copyOf(trusted);
    }

    /** What is known of what the sender sends by one connector. */
    public record Trusted(SenderKey sender, SenderState state) {}
}
