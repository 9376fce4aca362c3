package io.weir.model;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.Arrays;

/**
 * The IP address that connected, in one canonical form.
 *
 * <p>An IPv4 address that travels inside IPv6 (mapped {@code ::ffff:0:0/96}, NAT64 {@code 64:ff9b::/96}, 6to4
 * {@code 2002::/16}) is the IPv4 address: otherwise one sender would have two records.
 *
 * @param text canonical text, lower case, without zone
 * @param sender the sender this address belongs to, when it is in no pool
 * @param exempt true for loopback, private, link-local and unspecified addresses, which are never judged
 */
public record ClientAddress(String text, SenderKey sender, boolean exempt) {
    /** IPv6 prefix length that counts as one sender. */
    public static final int DEFAULT_IPV6_PREFIX = 64;

    /** What an event's {@code exemptBy} says for an {@link #exempt()} address. */
    public static final String EXEMPT_BY = "private-address";

    private static final int NETWORK_PREFIX = 48;
    private static final int MAX_TEXT = 45;
    private static final IPAddressStringParameters PLAIN_ADDRESS = new IPAddressStringParameters.Builder()
            .allowPrefix(false)
            .allowMask(false)
            .allowWildcardedSeparator(false)
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .getParentBuilder()
            .toParams();

    public static ClientAddress parse(String text) {
        return parse(text, DEFAULT_IPV6_PREFIX);
    }

    /**
     * Reads one address.
     *
     * @param ipv6PrefixLength bits of an IPv6 address that make a sender, 48 to 128
     * @throws IllegalArgumentException naming the text, when it is not one plain IP address
     */
    public static ClientAddress parse(String text, int ipv6PrefixLength) {
        if (!isIpv6Prefix(ipv6PrefixLength)) {
            throw new IllegalArgumentException("IPv6 sender prefix must be 48 to 128, got " + ipv6PrefixLength);
        }
        byte[] dottedQuad = DottedQuad.parse(text);
        return dottedQuad == null ? parseAny(text, ipv6PrefixLength) : ofIpv4(dottedQuad);
    }

    /** Whether so many bits of an IPv6 address may make a sender. */
    public static boolean isIpv6Prefix(int bits) {
        return bits >= NETWORK_PREFIX && bits <= 128;
    }

    /** Every spelling; slower than the common one by an order of magnitude. */
    static ClientAddress parseAny(String text, int ipv6PrefixLength) {
        IPAddress address = isAddressLike(text) ? new IPAddressString(text, PLAIN_ADDRESS).getAddress() : null;
        if (address == null || address.isMultiple()) {
            throw new IllegalArgumentException("not an IP address: '" + shorten(text) + "'");
        }
        return address.isIPv4() ? ofIpv4(address.getBytes()) : ofIpv6(address.toIPv6(), ipv6PrefixLength);
    }

    /** The library trims blanks and control characters and reads digits of other scripts; an edge that sends those is broken. */
    private static boolean isAddressLike(String text) {
        return text.length() <= MAX_TEXT
                && text.chars().allMatch(c -> c == '.' || c == ':' || (c < 0x80 && Character.digit(c, 16) >= 0));
    }

    private static ClientAddress ofIpv4(byte[] raw) {
        String text = DottedQuad.text(raw);
        byte[] key = {SenderKey.IPV4, raw[0], raw[1], raw[2], raw[3]};
        String network = text.substring(0, text.lastIndexOf('.')) + ".0/24";
        return new ClientAddress(text, new SenderKey(key, text, network), DottedQuad.isExempt(raw));
    }

    private static ClientAddress ofIpv6(IPv6Address address, int prefixLength) {
        byte[] raw = address.getBytes();
        if (address.isIPv4Mapped() || isNat64(raw)) {
            return ofIpv4(Arrays.copyOfRange(raw, 12, 16));
        }
        if (raw[0] == 0x20 && raw[1] == 0x02) {
            return ofIpv4(Arrays.copyOfRange(raw, 2, 6));
        }
        boolean exempt = address.isLoopback()
                || address.isAnyLocal()
                || address.isLinkLocal()
                || address.isUniqueLocal()
                || address.isMulticast();
        return new ClientAddress(Ipv6Text.of(raw), ipv6Sender(raw, prefixLength), exempt);
    }

    private static boolean isNat64(byte[] raw) {
        if (raw[0] != 0 || raw[1] != 0x64 || raw[2] != (byte) 0xff || raw[3] != (byte) 0x9b) {
            return false;
        }
        for (int i = 4; i < 12; i++) {
            if (raw[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static SenderKey ipv6Sender(byte[] raw, int prefixLength) {
        byte[] masked = masked(raw, prefixLength);
        int prefixBytes = (prefixLength + 7) / 8;
        byte[] key = new byte[prefixBytes + 2];
        key[0] = SenderKey.IPV6;
        System.arraycopy(masked, 0, key, 1, prefixBytes);
        key[key.length - 1] = (byte) prefixLength;
        String text = Ipv6Text.of(masked);
        String network = Ipv6Text.of(masked(raw, NETWORK_PREFIX)) + "/" + NETWORK_PREFIX;
        return new SenderKey(key, prefixLength == 128 ? text : text + "/" + prefixLength, network);
    }

    /** The prefix alone, with zeros after it. */
    private static byte[] masked(byte[] raw, int prefixLength) {
        byte[] masked = Arrays.copyOf(Arrays.copyOf(raw, (prefixLength + 7) / 8), raw.length);
        if (prefixLength % 8 != 0) {
            masked[prefixLength / 8] &= (byte) (0xff << (8 - prefixLength % 8));
        }
        return masked;
    }

    private static String shorten(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
