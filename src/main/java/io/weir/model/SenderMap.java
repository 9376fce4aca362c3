package io.weir.model;

/**
 * Which sender an address belongs to, by a site's rules. Whoever sees addresses asks it: edges, and readers of logs.
 *
 * @param ipv6PrefixLength bits of an IPv6 address that make a sender, 48 to 128
 */
public record SenderMap(int ipv6PrefixLength, Pools pools) {
    /** Of a site that has said nothing. */
    public static final SenderMap DEFAULT = new SenderMap(ClientAddress.DEFAULT_IPV6_PREFIX, Pools.NONE);

    /**
     * Reads an address, and finds its sender.
     *
     * @throws IllegalArgumentException naming the text, when it is not one plain IP address
     */
    public ClientAddress client(String text) {
        return pools.place(ClientAddress.parse(text, ipv6PrefixLength));
    }

    /** The event as its address's sender's, whatever it was read as. */
    public ConnectionEvent place(ConnectionEvent event) {
        if (equals(DEFAULT)) {
            return event;
        }
        SenderKey sender = client(event.clientAddress()).sender();
        return sender.equals(event.sender()) ? event : event.of(sender);
    }
}
