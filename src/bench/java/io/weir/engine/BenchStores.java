package io.weir.engine;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The engine's store of senders without an engine: what Kafka Streams opens under the engine's settings of RocksDB. */
public final class BenchStores implements AutoCloseable {
    private final RocksDbMemory memory;
    private final KeyValueStore<Bytes, byte[]> senders;

    /** @param memoryBytes bound of what RocksDB keeps outside the heap */
    public BenchStores(Path directory, long memoryBytes) {
        memory = new RocksDbMemory(memoryBytes);
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "weir-bench");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbSettings.class);
        config.put(RocksDbMemory.CONFIG, memory);
        MockProcessorContext<Void, Void> context = new MockProcessorContext<>(
                config, new org.apache.kafka.streams.processor.TaskId(0, 0), directory.toFile());
        senders = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(StoreNames.SENDERS), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingDisabled()
                .build();
        senders.init(context.getStateStoreContext(), senders);
    }

    public KeyValueStore<Bytes, byte[]> senders() {
        return senders;
    }

    /** Blocks, indexes, filters and write buffers that RocksDB holds now, bytes. */
    public long memoryInUse() {
        return memory.cache().getUsage();
    }

    @Override
    public void close() {
        senders.close();
        memory.close();
    }
}
