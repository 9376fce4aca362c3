package io.weir.model;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.ipv4.IPv4AddressAssociativeTrie;
import inet.ipaddr.ipv6.IPv6AddressAssociativeTrie;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by target: an address, a network in CIDR notation, or {@code pool:NAME}. A sender has the value of the smallest network that covers it
 * whole. Not changed once it is made, so that any thread may ask.
 *
 * @param <T> what the targets stand for
 */
public final class NetworkMap<T> {
    private static final String POOL = "pool:";

    private final IPv4AddressAssociativeTrie<T> ipv4 = new IPv4AddressAssociativeTrie<>();
    private final IPv6AddressAssociativeTrie<T> ipv6 = new IPv6AddressAssociativeTrie<>();
    private final Map<String, T> pools = new HashMap<>();

    /** @throws IllegalArgumentException naming the first key that is no target */
    public static <T> NetworkMap<T> of(Map<String, T> byTarget) {
        NetworkMap<T> map = new NetworkMap<>();
        byTarget.forEach(map::put);
        return map;
    }

    /**
     * The one way to write a target.
     *
     * @throws IllegalArgumentException naming the text, when it is none
     */
    public static String canonical(String target) {
        if (target.startsWith(POOL)) {
            return SenderKey.pool(target.substring(POOL.length())).text();
        }
        return Networks.network(target).toCanonicalString();
    }

    private void put(String target, T value) {
        if (target.startsWith(POOL)) {
            pools.put(canonical(target), value);
            return;
        }
        IPAddress network = Networks.network(target);
        if (network.isIPv4()) {
            ipv4.put(network.toIPv4(), value);
        } else {
            ipv6.put(network.toIPv6(), value);
        }
    }

    /** The value that holds for a sender; null when there is none. */
    public @Nullable T of(SenderKey sender) {
        if (sender.poolName() != null) {
            return pools.get(sender.text());
        }
        if (sender.isIpv6()) {
            return ipv6.isEmpty() ? null : value(ipv6, address(sender));
        }
        return ipv4.isEmpty() ? null : value(ipv4, address(sender));
    }

    /** The value that holds for one address, whatever sender it belongs to; null when there is none. */
    public @Nullable T at(ClientAddress client) {
        IPAddress address = new IPAddressString(client.text()).getAddress();
        return address.isIPv4() ? value(ipv4, address) : value(ipv6, address);
    }

    private static IPAddress address(SenderKey sender) {
        return new IPAddressString(sender.text()).getAddress();
    }

    private static <T> @Nullable T value(IPv4AddressAssociativeTrie<T> trie, IPAddress sender) {
        var found = trie.longestPrefixMatchNode(sender.toIPv4());
        return found == null ? null : found.getValue();
    }

    private static <T> @Nullable T value(IPv6AddressAssociativeTrie<T> trie, IPAddress sender) {
        var found = trie.longestPrefixMatchNode(sender.toIPv6());
        return found == null ? null : found.getValue();
    }
}
