package io.weir.model;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressTrie;
import inet.ipaddr.ipv6.IPv6Address;
import inet.ipaddr.ipv6.IPv6AddressTrie;

/** A set of networks that addresses are looked up in. Not changed once it is made, so that any thread may ask. */
public final class Networks {
    private static final int MAX_TEXT = 49;
    private static final IPAddressStringParameters PLAIN_NETWORK = new IPAddressStringParameters.Builder()
            .allowMask(false)
            .allowWildcardedSeparator(false)
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowPrefixOnly(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .getParentBuilder()
            .toParams();

    private final IPv4AddressTrie ipv4 = new IPv4AddressTrie();
    private final IPv6AddressTrie ipv6 = new IPv6AddressTrie();

    private Networks() {}

    /**
     * Reads networks in CIDR notation, or single addresses, with commas between; empty text is no network.
     *
     * @throws IllegalArgumentException naming the first that is none, or has bits set beyond its prefix
     */
    public static Networks parse(String text) {
        Networks networks = new Networks();
        if (!text.isBlank()) {
            for (String one : text.split(",", -1)) {
                networks.add(one.trim());
            }
        }
        return networks;
    }

    /**
     * Reads one network in CIDR notation, or a single address.
     *
     * @throws IllegalArgumentException naming the text, when it is neither or has bits set beyond its prefix
     */
    static IPAddress network(String text) {
        IPAddress network = text.length() <= MAX_TEXT ? new IPAddressString(text, PLAIN_NETWORK).getAddress() : null;
        boolean isWhole = network != null && (network.isPrefixed() ? network.isPrefixBlock() : !network.isMultiple());
        if (network == null || !isWhole) {
            throw new IllegalArgumentException("not a network: '" + text + "'");
        }
        return network;
    }

    /**
     * Reads an address, with a prefix length or without; what is set beyond the prefix is dropped.
     *
     * @throws IllegalArgumentException naming the text, when it is neither
     */
    static IPAddress masked(String text) {
        IPAddress address = text.length() <= MAX_TEXT ? new IPAddressString(text, PLAIN_NETWORK).getAddress() : null;
        if (address == null || (!address.isPrefixed() && address.isMultiple())) {
            throw new IllegalArgumentException("not a network: '" + text + "'");
        }
        IPAddress network = address.toPrefixBlock();
        return network.isMultiple() ? network : network.withoutPrefixLength();
    }

    private void add(String text) {
        IPAddress network = network(text);
        if (network.isIPv4()) {
            ipv4.add(network.toIPv4());
        } else {
            ipv6.add(network.toIPv6());
        }
    }

    public boolean isEmpty() {
        return ipv4.isEmpty() && ipv6.isEmpty();
    }

    /** Whether an address lies in one of the networks. */
    public boolean contains(ClientAddress client) {
        if (isEmpty()) {
            return false;
        }
        IPAddress address = new IPAddressString(client.text()).getAddress();
        return address instanceof IPv4Address four
                ? ipv4.elementContains(four)
                : address instanceof IPv6Address six && ipv6.elementContains(six);
    }
}
