package io.weir.engine;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;

/** How each RocksDB is set up; a window store has several. Public since Kafka Streams makes it. */
public final class RocksDbSettings implements RocksDBConfigSetter {
    private static final long SENDERS_BUFFER_BYTES = 8 * 1024 * 1024;
    /** A window store is written seldom, and has three of them at a time. */
    private static final long WINDOW_BUFFER_BYTES = 1024 * 1024;

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        if (!(configs.get(RocksDbMemory.CONFIG) instanceof RocksDbMemory memory)) {
            throw new IllegalStateException(RocksDbMemory.CONFIG + " is not set; only the engine sets it");
        }
        // The table configuration that Streams made: a new one would lose its filter.
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setWriteBufferSize(store.startsWith(StoreNames.SENDERS) ? SENDERS_BUFFER_BYTES : WINDOW_BUFFER_BYTES);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    /** What is shared outlives every store; nothing else was made here. */
    @Override
    public void close(String store, Options options) {}
}
