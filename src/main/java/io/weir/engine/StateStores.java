package io.weir.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

/** The stores of a partition, each with why it is as it is. All have a changelog; keys are {@code SenderKey.bytes()}. */
final class StateStores {
    static final Duration DAY = Duration.ofDays(1);
    static final Duration TRAFFIC_KEPT = Duration.ofDays(42);
    static final Duration VERDICTS_KEPT = Duration.ofDays(35);
    /** A verdict's window is its sequence number, which no other verdict of its sender has. */
    static final Duration VERDICT_WINDOW = Duration.ofMillis(1);

    private StateStores() {}

    static List<StoreBuilder<?>> all(boolean retentionByRecordTime) {
        return List.of(
                senders(),
                inMemory(StoreNames.CONTROLS),
                inMemory(StoreNames.OPEN_VERDICTS),
                window(StoreNames.TRAFFIC, TRAFFIC_KEPT, DAY, retentionByRecordTime),
                window(StoreNames.VERDICT_HISTORY, VERDICTS_KEPT, VERDICT_WINDOW, retentionByRecordTime));
    }

    /**
     * On disk, since there may be millions; cached, since a busy sender's record then reaches RocksDB and the changelog once per commit.
     * Networks share it: a store of their own would be one more RocksDB and one more changelog for records that only newcomers
     * and each sender's first event of a day touch, and their keys sort after all senders', so that one sweep covers both.
     */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> senders() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(StoreNames.SENDERS), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** Small and touched by every event or every verdict: in memory. Cached, so that the changelog gets each key once per commit. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> inMemory(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** Written once and read by people: uncached. The store itself forgets by event time, its changelog by the clock of the broker. */
    private static StoreBuilder<WindowStore<Bytes, byte[]>> window(
            String name, Duration kept, Duration window, boolean retentionByRecordTime) {
        Map<String, String> changelog =
                retentionByRecordTime ? Map.of() : Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(name, kept, window, false), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(changelog);
    }
}
