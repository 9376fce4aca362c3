package io.weir.model;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.format.util.AssociativeAddressTrie.AssociativeTrieNode;
import inet.ipaddr.ipv4.IPv4AddressAssociativeTrie;
import inet.ipaddr.ipv6.IPv6AddressAssociativeTrie;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
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

    /**
     * The network that an address with a prefix length lies in, in its one spelling; an address alone as it is.
     *
     * @throws IllegalArgumentException naming the text, when it is neither
     */
    public static String masked(String text) {
        return Networks.masked(text).toCanonicalString();
    }

    /** Whether a canonical target is an IPv6 address or network narrower than a prefix of {@code bits}. */
    public static boolean isIpv6Beyond(String target, int bits) {
        if (target.startsWith(POOL)) {
            return false;
        }
        IPAddress network = Networks.network(target);
        Integer length = network.getNetworkPrefixLength();
        return network.isIPv6() && (length == null ? network.getBitCount() : length) > bits;
    }

    /** Whether a canonical target has more addresses than one IPv4 address or one IPv6 prefix of {@code ipv6Bits}. */
    public static boolean isWiderThan(String target, int ipv6Bits) {
        if (target.startsWith(POOL)) {
            return false;
        }
        IPAddress network = Networks.network(target);
        Integer length = network.getNetworkPrefixLength();
        return length != null && length < (network.isIPv6() ? ipv6Bits : network.getBitCount());
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
        return of(sender, value -> true);
    }

    /** The value of the smallest network whose value counts; null when there is none. */
    public @Nullable T of(SenderKey sender, Predicate<T> counts) {
        if (sender.poolName() != null) {
            T value = pools.get(sender.text());
            return value == null || !counts.test(value) ? null : value;
        }
        if (sender.isIpv6()) {
            return ipv6.isEmpty()
                    ? null
                    : value(ipv6.longestPrefixMatchNode(address(sender).toIPv6()), counts);
        }
        return ipv4.isEmpty()
                ? null
                : value(ipv4.longestPrefixMatchNode(address(sender).toIPv4()), counts);
    }

    /** The value that holds for one address, whatever sender it belongs to; null when there is none. */
    public @Nullable T at(ClientAddress client) {
        IPAddress address = new IPAddressString(client.text()).getAddress();
        return address.isIPv4()
                ? value(ipv4.longestPrefixMatchNode(address.toIPv4()), value -> true)
                : value(ipv6.longestPrefixMatchNode(address.toIPv6()), value -> true);
    }

    private static IPAddress address(SenderKey sender) {
        return new IPAddressString(sender.text()).getAddress();
    }

    /** From the smallest network outwards; nodes that are none only hold others together. */
    private static <T> @Nullable T value(@Nullable AssociativeTrieNode<?, T> smallest, Predicate<T> counts) {
        for (var node = smallest; node != null; node = node.getParent()) {
            if (node.isAdded() && counts.test(node.getValue())) {
                return node.getValue();
            }
        }
        return null;
    }
}
