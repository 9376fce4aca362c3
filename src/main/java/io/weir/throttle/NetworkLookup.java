package io.weir.throttle;

import org.jspecify.annotations.Nullable;

/** Fetches the state of the event's network; called only when a step needs it, which is seldom. */
@FunctionalInterface
public interface NetworkLookup {
    @Nullable
    NetworkState get();
}
