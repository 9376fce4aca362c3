package io.weir.edge.policy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where to listen, and the bounds.
 *
 * @param host address of the TCP port
 * @param port TCP port; 0 for any free one; empty for none
 * @param socket path of the Unix socket; empty for none
 * @param socketGroup group that may connect to it; empty for this user's
 * @param maxConnections connections at a time; one more is closed at once, and the MTA does what its {@code default_action} says
 * @param idleSeconds a connection without a request for so long is closed; Postfix opens another when it needs one
 */
public record PolicyOptions(
        String host,
        Optional<Integer> port,
        Optional<Path> socket,
        String socketGroup,
        int maxConnections,
        int idleSeconds) {
    /** Most bytes of one request. Postfix sends less than 2 KiB, and at most 2 KiB per attribute. */
    static final int MAX_REQUEST_BYTES = 32 * 1024;
}
