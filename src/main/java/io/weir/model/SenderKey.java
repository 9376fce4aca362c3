package io.weir.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names one sender: an IPv4 address, an IPv6 prefix (a /64 unless set otherwise) or a declared pool; or what such a one sends by
 * a connector, which is a sender of its own.
 *
 * <p>{@link #bytes()} is the key in the state stores and puts the network first, so that a sender and its
 * neighbourhood lie side by side: {@code '4' a b c d}, {@code '6' <prefix bytes> <prefix length>},
 * {@code 'P' <name>}; by a connector, any of these with {@code <name> <its length> 0xff} after it.
 * {@link #network()} is the Kafka key of the sender's events.
 */
public final class SenderKey {
    static final byte IPV4 = '4';
    static final byte IPV6 = '6';
    static final byte POOL = 'P';
    /** Bits of an IPv6 network: events of all its senders lie in one partition. */
    static final int NETWORK_BITS = 48;
    /** Bits of what one customer mostly has; many have it for themselves. */
    static final int SUBNET_BITS = 56;

    private static final String POOL_PREFIX = "pool:";
    private static final String VIA_CONNECTOR = " via connector:";
    /** Ends the keys with a connector. No name of a pool ends in it, nor a prefix length; an IPv4 key without one is told by its length. */
    private static final byte VIA = (byte) 0xff;
    /** The length of the connector's name, and {@link #VIA}. */
    private static final int VIA_BYTES = 2;

    private static final int FNV_BASIS = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private final byte[] bytes;
    private final String text;
    private final String network;
    private final @Nullable String connector;
    /** Kept, since every event of a replay asks for it several times, mostly after its bytes have left the processor's cache. */
    private final int hash;

    SenderKey(byte[] bytes, String text, String network) {
        this(bytes, text, network, null);
    }

    private SenderKey(byte[] bytes, String text, String network, @Nullable String connector) {
        this.bytes = bytes;
        this.text = text;
        this.network = network;
        this.connector = connector;
        this.hash = hash(bytes);
    }

    /** A pool of networks that counts as one sender. The name is the operator's; it is its own network. */
    public static SenderKey pool(String name) {
        if (name.isBlank() || name.length() > 64) {
            throw new IllegalArgumentException("pool name must have 1 to 64 characters, got '" + name + "'");
        }
        if (isVia(name)) {
            throw new IllegalArgumentException(
                    "pool name must not contain '" + VIA_CONNECTOR + "', got '" + name + "'");
        }
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[utf8.length + 1];
        bytes[0] = POOL;
        System.arraycopy(utf8, 0, bytes, 1, utf8.length);
        return new SenderKey(bytes, POOL_PREFIX + name, POOL_PREFIX + name);
    }

    /**
     * The sender that has this key.
     *
     * @throws IllegalArgumentException when none can have it
     */
    public static SenderKey ofBytes(byte[] key) {
        int length = key.length;
        if (length == 5 && key[0] == IPV4) {
            return ClientAddress.ofIpv4(Arrays.copyOfRange(key, 1, 5)).sender();
        }
        if (length > 1 && key[0] == POOL) {
            return pool(new String(key, 1, length - 1, StandardCharsets.UTF_8));
        }
        int bits = length > 2 && key[0] == IPV6 ? key[length - 1] & 0xff : 0;
        if (bits < NETWORK_BITS || bits > 128 || length != 2 + (bits + 7) / 8) {
            throw new IllegalArgumentException(
                    "not the key of a sender: " + HexFormat.of().formatHex(key));
        }
        return ClientAddress.ipv6Sender(Arrays.copyOf(Arrays.copyOfRange(key, 1, length - 1), 16), bits);
    }

    /**
     * What this sender sends by a connector: same network, everything else apart.
     *
     * @param name the connector's, which is ASCII
     * @throws IllegalStateException when it has a connector already
     */
    public SenderKey via(String name) {
        if (connector != null) {
            throw new IllegalStateException(text + " has a connector");
        }
        byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
        byte[] key = Arrays.copyOf(bytes, bytes.length + ascii.length + VIA_BYTES);
        System.arraycopy(ascii, 0, key, bytes.length, ascii.length);
        key[key.length - VIA_BYTES] = (byte) ascii.length;
        key[key.length - 1] = VIA;
        return new SenderKey(key, text + VIA_CONNECTOR + name, network, name);
    }

    /**
     * The key that {@link #via} makes of this sender and some connector, from its bytes.
     *
     * @return null when the bytes are another key
     */
    public @Nullable SenderKey viaOf(byte[] key) {
        int length = key.length - bytes.length - VIA_BYTES;
        boolean isVia = connector == null
                && length > 0
                && key[key.length - 1] == VIA
                && key[key.length - VIA_BYTES] == length
                && Arrays.equals(key, 0, bytes.length, bytes, 0, bytes.length);
        return isVia ? via(new String(key, bytes.length, length, StandardCharsets.US_ASCII)) : null;
    }

    /** Whether a {@link #text()} is that of a sender with a connector. */
    public static boolean isVia(String text) {
        return text.contains(VIA_CONNECTOR);
    }

    /** A {@link #text()} without its connector, if it has one. */
    public static String withoutConnector(String text) {
        int via = text.indexOf(VIA_CONNECTOR);
        return via < 0 ? text : text.substring(0, via);
    }

    /** Name of the connector by which it sends; null when it sends as everybody does. */
    public @Nullable String connector() {
        return connector;
    }

    /** The key in the state stores; the caller must not change it. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Canonical text, as verdicts carry it: {@code 203.0.113.7}, {@code 2001:db8:1:2::/64}, {@code pool:acme},
     * {@code 203.0.113.7 via connector:hq}.
     */
    public String text() {
        return text;
    }

    /** The enclosing /24, /48 or the pool itself, as text: the Kafka key. */
    public String network() {
        return network;
    }

    /** The pool's name; null when the sender is not a pool. */
    public @Nullable String poolName() {
        return bytes[0] == POOL ? withoutConnector(text).substring(POOL_PREFIX.length()) : null;
    }

    /** Whether it is a pool. */
    public boolean isPool() {
        return bytes[0] == POOL;
    }

    /** True for an IPv6 sender: one actor holds many of them, so their count per network is capped. */
    public boolean isIpv6() {
        return bytes[0] == IPV6;
    }

    /** The bytes with which the keys of all senders begin that have the same {@link #network()}. */
    public byte[] networkPrefix() {
        return Arrays.copyOf(
                bytes,
                switch (bytes[0]) {
                    case IPV4 -> 4;
                    case IPV6 -> 1 + NETWORK_BITS / 8;
                    default -> bytes.length - (connector == null ? 0 : connector.length() + VIA_BYTES);
                });
    }

    /**
     * The networks whose newcomers share a budget, this sender among them, smallest first: the /24; or the /56 and the /48, as far as they are
     * larger than the sender. A pool has none: it is one sender, and no newcomer is beside it. What comes by a connector is trusted and shares
     * nothing; in IPv6 it has a network of its own, where its senders are counted.
     */
    public List<NetworkKey> networks() {
        if (connector != null) {
            return trustedNetworks(connector);
        }
        if (bytes[0] == IPV4) {
            return List.of(new NetworkKey(bytes, 4, network, network));
        }
        int length = bytes[0] == IPV6 ? bytes[bytes.length - 1] & 0xff : 0;
        if (length <= NETWORK_BITS) {
            return List.of();
        }
        NetworkKey whole = new NetworkKey(bytes, 1 + NETWORK_BITS / 8, network, network);
        if (length <= SUBNET_BITS) {
            return List.of(whole);
        }
        String subnet = prefix(SUBNET_BITS / 8) + "/" + SUBNET_BITS;
        return List.of(new NetworkKey(bytes, 1 + SUBNET_BITS / 8, subnet, network), whole);
    }

    private List<NetworkKey> trustedNetworks(String by) {
        int plain = bytes.length - by.length() - VIA_BYTES;
        boolean isLarger = bytes[0] == IPV6 && (bytes[plain - 1] & 0xff) > NETWORK_BITS;
        return isLarger
                ? List.of(new NetworkKey(
                        bytes, 1 + NETWORK_BITS / 8, bytes.length - plain, network + VIA_CONNECTOR + by, network))
                : List.of();
    }

    /** Text of the first bytes of an IPv6 sender's address, with zeros after them. */
    private String prefix(int length) {
        byte[] raw = new byte[16];
        System.arraycopy(bytes, 1, raw, 0, length);
        return Ipv6Text.of(raw);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof SenderKey key && hash == key.hash && Arrays.equals(bytes, key.bytes));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** By FNV-1a: with the small factor of {@code Arrays.hashCode}, many addresses would share a hash, and tables would become lists. */
    private static int hash(byte[] bytes) {
        int hash = FNV_BASIS;
        for (byte one : bytes) {
            hash = (hash ^ (one & 0xff)) * FNV_PRIME;
        }
        return hash;
    }

    @Override
    public String toString() {
        return text;
    }
}
