package io.weir.engine;

import io.weir.model.Amendment;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import io.weir.serde.EventJson;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Made-up mail of many senders from four edges: the same for the same seed. Senders' volumes are log-uniform over three decades; one in
 * ten is IPv6; now and then one surges, an event comes late, and a filter amends. Records come in an order an edge could have written.
 *
 * @param senders how many there are
 * @param events how many records
 * @param spanMs event time from the first to the last
 */
record TestLoad(long seed, int senders, int events, long startMs, long spanMs) {
    private static final int EDGES = 4;

    /** One record for smtp-connections; its timestamp is {@code atMs}. */
    record Item(long atMs, String key, byte[] value) {}

    void forEach(Consumer<Item> receiver) {
        SplittableRandom random = new SplittableRandom(seed);
        EventJson json = new EventJson();
        double[] shares = shares(random);
        // Edges go on counting from one load to the next.
        long[] seqs = new long[EDGES + 1];
        Arrays.fill(seqs, startMs);
        for (int i = 0; i < events; i++) {
            long nowMs = startMs + spanMs / events * i;
            int which = Arrays.binarySearch(shares, random.nextDouble() * shares[senders - 1]);
            ClientAddress client = address(which < 0 ? -which - 1 : which);
            WeirEvent event = random.nextInt(50) == 0
                    ? amendment(random, client.sender(), nowMs, seqs)
                    : connection(random, client, nowMs, seqs);
            receiver.accept(new Item(event.occurredAtMs(), client.sender().network(), json.write(event)));
        }
    }

    /** Four neighbours each, the networks all over the place: as Kafka hashes keys, addresses in a row would be a case of its own. */
    ClientAddress address(int sender) {
        int network = (sender / 4 * 2_654_435) & 0x3fffff;
        return ClientAddress.parse(
                sender % 10 == 9
                        ? "2001:db8:" + Integer.toHexString(sender / 20) + ":" + Integer.toHexString(sender % 20)
                                + "::25"
                        : (32 + (network >> 16)) + "." + (network >> 8 & 255) + "." + (network & 255) + "."
                                + (sender & 3));
    }

    private double[] shares(SplittableRandom random) {
        double[] cumulative = new double[senders];
        double sum = 0;
        for (int i = 0; i < senders; i++) {
            sum += Math.pow(10, 3 * random.nextDouble());
            cumulative[i] = sum;
        }
        return cumulative;
    }

    private static ConnectionEvent connection(SplittableRandom random, ClientAddress client, long nowMs, long[] seqs) {
        int edge = random.nextInt(EDGES);
        long atMs = random.nextInt(20) == 0 ? nowMs - random.nextInt(120_000) : nowMs;
        int recipients = random.nextInt(40) == 0 ? 20 + random.nextInt(60) : 1 + random.nextInt(3);
        Outcome outcome = random.nextInt(8) == 0 ? Outcome.values()[random.nextInt(5)] : Outcome.ADMITTED;
        boolean nullSender = random.nextInt(15) == 0;
        return new ConnectionEvent(
                true,
                "mx" + edge,
                ++seqs[edge],
                atMs,
                client.text(),
                client.sender(),
                outcome,
                1,
                recipients,
                outcome == Outcome.DEFERRED ? random.nextInt(recipients + 1) : 0,
                0,
                500 + random.nextInt(50_000),
                nullSender,
                null,
                ConnectionEvent.Facts.NONE);
    }

    private static Amendment amendment(SplittableRandom random, SenderKey sender, long nowMs, long[] seqs) {
        return new Amendment(
                "filter",
                ++seqs[EDGES],
                nowMs,
                sender,
                nowMs - random.nextInt(7_200_000),
                random.nextInt(4),
                random.nextInt(2));
    }
}
