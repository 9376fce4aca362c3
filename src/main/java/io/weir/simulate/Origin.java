package io.weir.simulate;

import io.weir.model.ClientAddress;
import java.util.List;
import java.util.function.LongFunction;

/** Which address a message's attempts come from. */
@FunctionalInterface
public interface Origin {
    /**
     * @param serial the message's number within its source
     * @param tries attempts before this one
     */
    ClientAddress of(long serial, int tries);

    static Origin one(ClientAddress client) {
        return (serial, tries) -> client;
    }

    /** A provider's outbound addresses: each attempt comes from any of them. */
    static Origin pool(List<ClientAddress> clients) {
        List<ClientAddress> all = List.copyOf(clients);
        return (serial, tries) -> all.get((int) Math.floorMod(Dice.mix(serial * 31 + tries + 7), (long) all.size()));
    }

    /** Many addresses, each with some messages of its own, one after another in no order of theirs. */
    static Origin spread(List<ClientAddress> clients) {
        List<ClientAddress> all = List.copyOf(clients);
        return (serial, tries) -> all.get((int) Math.floorMod(Dice.mix(serial + 3), (long) all.size()));
    }

    /** A new address every {@code perAddress} messages, made when it is needed; only the latest is kept. */
    static Origin rotating(int perAddress, LongFunction<ClientAddress> maker) {
        return new Rotating(perAddress, maker);
    }
}
