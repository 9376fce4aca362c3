package io.weir.edge;

import io.weir.model.SenderKey;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Mail to postmaster@ and abuse@ passes: whoever is throttled must be able to say so (RFC 5321, 4.5.1; RFC 2142). Not without end: each sender
 * may do so {@value #MOST_PER_HOUR} times an hour, and the senders known are bounded, the oldest going first.
 */
final class RoleAddresses {
    private static final int MOST_PER_HOUR = 20;
    private static final int MOST_SENDERS = 10_000;
    private static final long HOUR_MS = 3_600_000;

    private final Map<SenderKey, Integer> used = new LinkedHashMap<>();
    private long hour;

    static boolean isRole(String recipient) {
        int at = recipient.lastIndexOf('@');
        String local = (at < 0 ? recipient : recipient.substring(0, at)).toLowerCase(Locale.ROOT);
        return local.equals("postmaster") || local.equals("abuse");
    }

    /** Uses one of the sender's turns of this hour; false when they are used up. */
    synchronized boolean use(SenderKey sender, long nowMs) {
        if (nowMs / HOUR_MS != hour) {
            hour = nowMs / HOUR_MS;
            used.clear();
        }
        int count = used.merge(sender, 1, Integer::sum);
        if (used.size() > MOST_SENDERS) {
            used.remove(used.keySet().iterator().next());
        }
        return count <= MOST_PER_HOUR;
    }
}
