package io.weir.throttle;

import io.weir.model.ClientAddress;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import org.jspecify.annotations.Nullable;

/** What an edge knows when it decides. */
public interface Knowledge {
    /**
     * The override with the longest prefix that covers the sender, of those that have not expired, or null.
     *
     * @param nowMs what has expired by then is as if it had never been
     */
    @Nullable
    OperatorOverride overrideOf(SenderKey sender, long nowMs);

    /** Whether the edge's brake is on: what a verdict would defer passes then. */
    default boolean isBraked() {
        return false;
    }

    /** The site's connectors. */
    default Connectors connectors() {
        return Connectors.NONE;
    }

    /** Bits of an IPv6 address that make one sender: verdicts name senders so. */
    default int ipv6Prefix() {
        return ClientAddress.DEFAULT_IPV6_PREFIX;
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
