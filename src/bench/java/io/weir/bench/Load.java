package io.weir.bench;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.serde.EventJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The same events for every contender: senders picked log-uniformly (the k-th largest sends in proportion to 1/k), one
 * sender per network so that a count per key is a count per sender, about 250 bytes of JSON each.
 *
 * @param events how many
 * @param senders among how many
 * @param spanMs event time from the first to the last
 * @param inTurn every sender equally often instead, in the order of its rank
 */
record Load(int events, int senders, long spanMs, long seed, boolean inTurn) {
    /** 2026-11-01T00:00Z. */
    static final long START_MS = 1_793_491_200_000L;

    private static final int FILLER = 70;

    static Load logUniform(int events, int senders, long spanMs) {
        return new Load(events, senders, spanMs, 1, false);
    }

    static Load inTurn(int senders, int times, long spanMs) {
        return new Load(Math.multiplyExact(senders, times), senders, spanMs, 1, true);
    }

    /** Writes all events to a topic, event time evenly spaced. */
    void produce(String bootstrapServers, String topic) {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                131_072);
        EventJson json = new EventJson();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            forEach(event -> producer.send(new ProducerRecord<>(
                    topic,
                    null,
                    event.occurredAtMs(),
                    event.sender().network().getBytes(StandardCharsets.UTF_8),
                    json.write(event))));
            producer.flush();
        }
    }

    /** In the order of their times. */
    void forEach(Consumer<ConnectionEvent> sink) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < events; i++) {
            sink.accept(event(i, random));
        }
    }

    private ConnectionEvent event(int number, SplittableRandom random) {
        int rank = inTurn ? number % senders : (int) Math.exp(random.nextDouble() * Math.log(senders));
        String address = address(rank);
        return new ConnectionEvent(
                true,
                "mx1.example.org",
                number,
                START_MS + spanMs * number / events,
                address,
                ClientAddress.parse(address).sender(),
                Outcome.ADMITTED,
                1,
                1 + random.nextInt(3),
                0,
                0,
                20_000 + random.nextInt(10_000),
                false,
                null,
                new ConnectionEvent.Facts(
                        null, "TLSv1.3", "mail" + rank + ".example.net", null, null, null, "d".repeat(FILLER)));
    }

    /** The rank-th sender's address, one per /24, outside of every private range. */
    static String address(int rank) {
        return "%d.%d.%d.7".formatted(20 + rank / 65_536, rank / 256 % 256, rank % 256);
    }
}
