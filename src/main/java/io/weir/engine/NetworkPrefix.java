package io.weir.engine;

import io.weir.model.ClientAddress;
import io.weir.model.SenderKey;
import java.util.Arrays;

/** The bytes with which the keys of a network's senders begin. */
final class NetworkPrefix {
    private static final String POOL = "pool:";

    private NetworkPrefix() {}

    /** @throws IllegalArgumentException when the text is no network as events are keyed by */
    static byte[] of(String network) {
        SenderKey sender = network.startsWith(POOL)
                ? SenderKey.pool(network.substring(POOL.length()))
                : ClientAddress.parse(network.replaceFirst("/.*", "")).sender();
        if (!sender.network().equals(network)) {
            throw new IllegalArgumentException("a network is an IPv4 /24, an IPv6 /48 or pool:NAME, such as "
                    + sender.network() + ", got '" + network + "'");
        }
        byte[] tagged = sender.networkBytes();
        return Arrays.copyOfRange(tagged, 1, tagged.length);
    }
}
