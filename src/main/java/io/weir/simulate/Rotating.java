package io.weir.simulate;

import io.weir.model.ClientAddress;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** A client that takes a new address every so many messages. */
final class Rotating implements Origin {
    private final int perAddress;
    private final LongFunction<ClientAddress> maker;
    private long number = -1;
    private @Nullable ClientAddress latest;

    Rotating(int perAddress, LongFunction<ClientAddress> maker) {
        this.perAddress = perAddress;
        this.maker = maker;
    }

    @Override
    public ClientAddress of(long serial, int tries) {
        long wanted = serial / perAddress;
        ClientAddress known = latest;
        if (known != null && wanted == number) {
            return known;
        }
        ClientAddress made = maker.apply(wanted);
        number = wanted;
        latest = made;
        return made;
    }
}
