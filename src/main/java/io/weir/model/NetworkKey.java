package io.weir.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Names one network whose newcomers share a budget: a /24 (IPv4), a /56 or a /48 (IPv6).
 *
 * <p>{@link #bytes()} is the key of its own state: {@code 'n'} and the bytes with which its senders' keys begin. {@code 'n'} sorts after every
 * sender, so that whoever walks over senders never meets a network among them.
 */
public final class NetworkKey {
    /** The first byte of every network's key, and of no sender's. */
    public static final byte TAG = 'n';

    private final byte[] sender;
    private final int length;
    private final String text;
    private final String eventKey;

    /**
     * @param sender key of one of its senders
     * @param length how many bytes of it all its senders have in common
     * @param eventKey {@link SenderKey#network()} of all its senders
     */
    NetworkKey(byte[] sender, int length, String text, String eventKey) {
        this.sender = sender;
        this.length = length;
        this.text = text;
        this.eventKey = eventKey;
    }

    /**
     * Reads a network as {@link #text()} writes it.
     *
     * @throws IllegalArgumentException when it is none whose newcomers share a budget
     */
    public static NetworkKey parse(String text) {
        List<NetworkKey> there =
                ClientAddress.parse(text.replaceFirst("/.*", "")).sender().networks();
        for (NetworkKey network : there) {
            if (network.text.equals(text)) {
                return network;
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no network whose newcomers share a budget; there, such are "
                        + there.stream().map(NetworkKey::text).collect(Collectors.joining(" and ")));
    }

    /** Canonical text, as verdicts carry it: {@code 203.0.113.0/24}, {@code 2001:db8:1:200::/56}, {@code 2001:db8:1::/48}. */
    public String text() {
        return text;
    }

    /** The Kafka key of its senders' events, which for a /56 is the /48's: it tells the partition. */
    public String eventKey() {
        return eventKey;
    }

    /** The key of its state. */
    public byte[] bytes() {
        byte[] key = new byte[length + 1];
        key[0] = TAG;
        System.arraycopy(sender, 0, key, 1, length);
        return key;
    }

    /** What tells one of its senders from the others: the rest of the sender's key. */
    public byte[] memberOf(SenderKey of) {
        byte[] key = of.bytes();
        byte[] member = new byte[key.length - length];
        System.arraycopy(key, length, member, 0, member.length);
        return member;
    }

    /** The sender that {@link #memberOf} was asked about. */
    public SenderKey sender(byte[] member) {
        byte[] key = new byte[length + member.length];
        System.arraycopy(sender, 0, key, 0, length);
        System.arraycopy(member, 0, key, length, member.length);
        return SenderKey.ofBytes(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkKey key && text.equals(key.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
