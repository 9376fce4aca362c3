package io.weir.cli;

import io.weir.model.ConnectionEvent;
import io.weir.serde.EventJson;
import io.weir.serde.MalformedEventException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * What an earlier load of a history has left in the topic: of each partition a beginning of the history's events for it, told by their number
 * and a checksum. So a load that was interrupted needs no other note of how far it came.
 */
final class LoadedEvents {
    private final EventJson json = new EventJson();
    private final int[] found;
    private final int[] met;
    private final CRC32C[] there;
    private final CRC32C[] ours;
    private long oldestMs = Long.MAX_VALUE;

    /** One event as it goes to the topic. */
    record Item(int partition, long atMs, byte[] key, byte[] value) {
        ProducerRecord<byte[], byte[]> record(String topic) {
            return new ProducerRecord<>(topic, partition, atMs, key, value);
        }

        private void addTo(CRC32C sum) {
            sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, atMs));
            sum.update(key);
            sum.update(value);
        }
    }

    private LoadedEvents(int partitions) {
        this.found = new int[partitions];
        this.met = new int[partitions];
        this.there = sums(partitions);
        this.ours = sums(partitions);
    }

    private static CRC32C[] sums(int partitions) {
        CRC32C[] sums = new CRC32C[partitions];
        Arrays.setAll(sums, partition -> new CRC32C());
        return sums;
    }

    /**
     * Looks through the topic; control records are no events.
     *
     * @param sinceMs older events belong to an earlier history
     */
    static LoadedEvents in(Cluster cluster, String topic, long sinceMs) {
        LoadedEvents loaded = new LoadedEvents(cluster.partitions(topic).size());
        cluster.read(topic, record -> {
            if (record.timestamp() >= sinceMs && loaded.isMail(record)) {
                loaded.oldestMs = Math.min(loaded.oldestMs, record.timestamp());
                loaded.found[record.partition()]++;
                new Item(record.partition(), record.timestamp(), record.key(), record.value())
                        .addTo(loaded.there[record.partition()]);
            }
        });
        return loaded;
    }

    private boolean isMail(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.key() != null
                    && record.value() != null
                    && json.read(record.value()) instanceof ConnectionEvent;
        } catch (MalformedEventException e) {
            return false;
        }
    }

    boolean isEmpty() {
        return oldestMs == Long.MAX_VALUE;
    }

    /** Time of the oldest, milliseconds since the epoch; {@link Long#MAX_VALUE} without any. */
    long oldestMs() {
        return oldestMs;
    }

    long count() {
        return Arrays.stream(found).asLongStream().sum();
    }

    /** The event as it goes to its partition, which is the one that Kafka's own partitioner would choose. */
    Item item(ConnectionEvent event) {
        byte[] key = event.sender().network().getBytes(StandardCharsets.UTF_8);
        int partition = Utils.toPositive(Utils.murmur2(key)) % found.length;
        return new Item(partition, event.occurredAtMs(), key, json.write(event));
    }

    /** Whether the next of a history's events is there already; to be asked about each of them in their order. */
    boolean has(Item item) {
        if (met[item.partition] == found[item.partition]) {
            return false;
        }
        met[item.partition]++;
        item.addTo(ours[item.partition]);
        return true;
    }

    /** Whether what is there is what the history begins with; known once an event of each partition was not there, or at the history's end. */
    boolean isOurs() {
        for (int partition = 0; partition < found.length; partition++) {
            if (met[partition] < found[partition] || there[partition].getValue() != ours[partition].getValue()) {
                return false;
            }
        }
        return true;
    }

    /** Whether what is there in the item's partition is what the history begins with; the item is not. */
    boolean isOursBefore(Item item) {
        return there[item.partition].getValue() == ours[item.partition].getValue();
    }
}
