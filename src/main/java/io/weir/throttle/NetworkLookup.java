package io.weir.throttle;

import io.weir.model.NetworkKey;
import org.jspecify.annotations.Nullable;

/** Fetches the state of a network; called only when a step needs it: for newcomers, and once a day for every sender. */
@FunctionalInterface
public interface NetworkLookup {
    @Nullable
    NetworkState get(NetworkKey network);
}
