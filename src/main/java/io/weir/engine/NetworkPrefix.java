package io.weir.engine;

import io.weir.model.ClientAddress;
import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import java.util.List;

/** The bytes with which the keys of a network's senders, and of the network itself, begin. */
final class NetworkPrefix {
    private static final String POOL = "pool:";

    private NetworkPrefix() {}

    /** @throws IllegalArgumentException when the text is no network as events are keyed by */
    static List<byte[]> of(String network) {
        SenderKey sender = network.startsWith(POOL)
                ? SenderKey.pool(network.substring(POOL.length()))
                : ClientAddress.parse(network.replaceFirst("/.*", "")).sender();
        if (!sender.network().equals(network)) {
            throw new IllegalArgumentException("a network is an IPv4 /24, an IPv6 /48 or pool:NAME, such as "
                    + sender.network() + ", got '" + network + "'");
        }
        byte[] senders = sender.networkPrefix();
        byte[] networks = new byte[senders.length + 1];
        networks[0] = NetworkKey.TAG;
        System.arraycopy(senders, 0, networks, 1, senders.length);
        return List.of(senders, networks);
    }
}
