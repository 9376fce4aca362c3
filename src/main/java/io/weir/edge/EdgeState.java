package io.weir.edge;

import java.util.Locale;

/**
 * How much an edge knows.
 *
 * <pre>
 *             +----------------- Kafka answers ---------------+
 *             v                                               |
 *       catching-up --- all read ---> enforcing --- cut off --+--> stale --- the last verdict has expired ---> open
 * </pre>
 */
public enum EdgeState {
    /** Knows every verdict there is. */
    ENFORCING,
    /** Reads what it missed; acts on what it knows already. */
    CATCHING_UP,
    /** Cut off from Kafka; acts on what it knew, until that expires. */
    STALE,
    /** Knows of no verdict in force: all mail passes. */
    OPEN;

    /** The word in logs and in health. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
