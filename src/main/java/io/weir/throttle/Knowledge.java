package io.weir.throttle;

import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.SenderMap;
import io.weir.model.Verdict;
import org.jspecify.annotations.Nullable;

/** What an edge knows when it decides. */
public interface Knowledge {
    /**
     * Of the overrides that allow or throttle and that hold, the one with the longest prefix that covers the sender, or null.
     *
     * @param nowMs what has expired by then is as if it had never been
     */
    @Nullable
    OperatorOverride overrideOf(SenderKey sender, long nowMs);

    /** The same of those that agree to a volume: they decide nothing, and so hide no other. */
    default @Nullable OperatorOverride planOf(SenderKey sender, long nowMs) {
        return null;
    }

    /** Whether the edge's brake is on: what a verdict would defer passes then. */
    default boolean isBraked() {
        return false;
    }

    /** Which sender an address belongs to: verdicts name senders so. */
    default SenderMap senders() {
        return SenderMap.DEFAULT;
    }

    /** The site's connectors. */
    default Connectors connectors() {
        return Connectors.NONE;
    }

    /**
     * The last verdict whose client is {@code client}, or null.
     *
     * @param client text of a sender or of a network
     */
    @Nullable
    Verdict verdictOf(String client);

    /**
     * Whether the newest rules have this reason in shadow, whatever was so when a verdict was made. False where rules are not known, and where
     * verdicts cannot be older than the rules.
     *
     * @param reason id of a reason
     */
    default boolean isShadowed(String reason) {
        return false;
    }
}
