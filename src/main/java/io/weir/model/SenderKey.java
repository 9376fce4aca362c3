package io.weir.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names one sender: an IPv4 address, an IPv6 prefix (a /64 unless set otherwise) or a declared pool.
 *
 * <p>{@link #bytes()} is the key in the state stores and puts the network first, so that a sender and its
 * neighbourhood lie side by side: {@code '4' a b c d}, {@code '6' <prefix bytes> <prefix length>},
 * {@code 'P' <name>}. {@link #network()} is the Kafka key of the sender's events.
 */
public final class SenderKey {
    static final byte IPV4 = '4';
    static final byte IPV6 = '6';
    static final byte POOL = 'P';
    /** Marks the state of a network; sorts after every sender, so sweeps over senders never meet it. */
    static final byte NETWORK = 'n';

    private static final String POOL_PREFIX = "pool:";

    private static final int FNV_BASIS = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private final byte[] bytes;
    private final String text;
    private final String network;

    SenderKey(byte[] bytes, String text, String network) {
        this.bytes = bytes;
        this.text = text;
        this.network = network;
    }

    /** A pool of networks that counts as one sender. The name is the operator's; it is its own network. */
    public static SenderKey pool(String name) {
        if (name.isBlank() || name.length() > 64) {
            throw new IllegalArgumentException("pool name must have 1 to 64 characters, got '" + name + "'");
        }
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[utf8.length + 1];
        bytes[0] = POOL;
        System.arraycopy(utf8, 0, bytes, 1, utf8.length);
        return new SenderKey(bytes, POOL_PREFIX + name, POOL_PREFIX + name);
    }

    /** The key in the state stores; the caller must not change it. */
    public byte[] bytes() {
        return bytes;
    }

    /** Canonical text, as verdicts carry it: {@code 203.0.113.7}, {@code 2001:db8:1:2::/64}, {@code pool:acme}. */
    public String text() {
        return text;
    }

    /** The enclosing /24, /48 or the pool itself, as text: the Kafka key. */
    public String network() {
        return network;
    }

    /** The pool's name; null when the sender is not a pool. */
    public @Nullable String poolName() {
        return bytes[0] == POOL ? text.substring(POOL_PREFIX.length()) : null;
    }

    /** True for an IPv6 sender: one actor holds many of them, so their count per network is capped. */
    public boolean isIpv6() {
        return bytes[0] == IPV6;
    }

    /** The key of the network's own state. */
    public byte[] networkBytes() {
        int prefix = switch (bytes[0]) {
            case IPV4 -> 4;
            case IPV6 -> 7;
            default -> bytes.length;
        };
        byte[] key = new byte[prefix + 1];
        key[0] = NETWORK;
        System.arraycopy(bytes, 0, key, 1, prefix);
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SenderKey key && Arrays.equals(bytes, key.bytes);
    }

    /** By FNV-1a: with the small factor of {@code Arrays.hashCode}, many addresses would share a hash, and tables would become lists. */
    @Override
    public int hashCode() {
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
