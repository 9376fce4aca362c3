package io.weir.engine;

import io.weir.throttle.InForce;
import java.util.List;

/**
 * Senders, and networks whose newcomers are throttled, with a throttle in force in the partitions of one engine.
 *
 * @param senders at most as many as were asked for
 * @param more whether there are others
 * @param elsewhere the other engines of the site, {@code host:port}, which know of theirs
 */
public record ThrottledSenders(List<Sender> senders, boolean more, List<String> elsewhere) {
    /**
     * One of them.
     *
     * @param client its text, as verdicts carry it
     * @param verdict the throttle in force
     */
    public record Sender(String client, InForce verdict) {}
}
