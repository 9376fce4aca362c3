package io.weir.replay.log;

import io.weir.model.ClientAddress;
import io.weir.model.SenderKey;
import org.jspecify.annotations.Nullable;

/** Whom a client address counts for, as the site declares it. */
@FunctionalInterface
public interface Senders {
    /** Each address for itself, an IPv6 prefix being one. */
    Senders EACH = ClientAddress::sender;

    /** The address's own sender, or its pool; null when the site does not judge it, such as a network of its own. */
    @Nullable
    SenderKey of(ClientAddress client);
}
