package io.weir.engine;

import io.weir.throttle.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Which throttled clients are wanted.
 *
 * @param network a /24, /48 or pool as events are keyed by; null for all
 * @param reason null for any
 * @param alarms those that a connector trusts, about which there is only an alarm, instead of those that are throttled
 */
public record ThrottledFilter(
        @Nullable String network, @Nullable Reason reason, boolean alarms) {
    public static final ThrottledFilter ALL = new ThrottledFilter(null, null, false);
}
