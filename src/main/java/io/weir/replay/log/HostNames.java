package io.weir.replay.log;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a server that was renamed from two servers that write into one log: the old name of the former never comes again. What was open
 * under the old name is then found under the new one.
 */
final class HostNames {
    /** Beyond so many it is a collection of servers, and nothing is looked for. */
    private static final int MOST = 1_000;

    private final Set<String> seen = new HashSet<>();
    private final Map<String, String> formers = new HashMap<>();
    private String last = "";

    /** Each line's host, in order. */
    void met(String host) {
        if (host.equals(last)) {
            return;
        }
        if (!seen.contains(host) && seen.size() < MOST) {
            seen.add(host);
            if (!last.isEmpty()) {
                formers.put(host, last);
            }
        } else if (!formers.isEmpty()) {
            formers.values().remove(host);
        }
        last = host;
    }

    /** The name that the host had before, as far as the log has shown; null when it had none. */
    @Nullable
    String former(String host) {
        return formers.isEmpty() ? null : formers.get(host);
    }

    void save(StateWriter to) throws IOException {
        to.text(last);
        to.number(seen.size());
        for (String host : seen) {
            to.text(host);
            to.text(formers.getOrDefault(host, ""));
        }
    }

    void load(StateReader from) throws IOException {
        last = from.text();
        for (long left = from.number(); left > 0; left--) {
            String host = from.text();
            String former = from.text();
            seen.add(host);
            if (!former.isEmpty()) {
                formers.put(host, former);
            }
        }
    }
}
