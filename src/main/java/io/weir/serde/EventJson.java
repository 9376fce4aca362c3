package io.weir.serde;

import io.weir.model.ClientAddress;
import io.weir.model.WeirEvent;

/**
 * Records of {@code smtp-connections} as {@code topics/schemas/connection-event.schema.json} describes them. Immutable; one instance
 * serves all threads.
 */
public final class EventJson {
    /** Most bytes of one record. */
    public static final int MAX_BYTES = EventFields.MAX_BYTES;

    private final int ipv6PrefixLength;

    public EventJson() {
        this(ClientAddress.DEFAULT_IPV6_PREFIX);
    }

    /** @param ipv6PrefixLength bits of an IPv6 address that make a sender, 48 to 128 */
    public EventJson(int ipv6PrefixLength) {
        if (ipv6PrefixLength < 48 || ipv6PrefixLength > 128) {
            throw new IllegalArgumentException("IPv6 sender prefix must be 48 to 128, got " + ipv6PrefixLength);
        }
        this.ipv6PrefixLength = ipv6PrefixLength;
    }

    /**
     * Unknown fields are ignored; the last of a repeated field counts; facts that are too long are cut.
     *
     * @throws MalformedEventException when a required field is missing or any known field is not as it must be
     */
    public WeirEvent read(byte[] json) {
        return new EventReader(json, ipv6PrefixLength).event();
    }

    /**
     * The same event is always the same bytes.
     *
     * @throws IllegalArgumentException when the edge's or the pool's name cannot be read back, or the record would exceed {@link #MAX_BYTES}
     */
    public byte[] write(WeirEvent event) {
        return EventWriter.write(event);
    }
}
