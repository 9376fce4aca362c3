package io.weir.engine;

import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache for all stores of an engine, with the write buffers charged to it: the memory that RocksDB takes outside the Java heap
 * whatever the number of partitions. The bound is soft; blocks that are in use at the moment may exceed it.
 */
final class RocksDbMemory implements AutoCloseable {
    /** Where the settings of each store find theirs. */
    static final String CONFIG = "weir.internal.rocksdb.memory";

    /** Index and filter blocks, which every read needs, may keep this part for themselves. */
    private static final double HIGH_PRIORITY_PART = 0.2;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    RocksDbMemory(long bytes) {
        RocksDB.loadLibrary();
        cache = new LRUCache(bytes, -1, false, HIGH_PRIORITY_PART);
        writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    /** Only when every store is closed. */
    @Override
    public void close() {
        writeBuffers.close();
        cache.close();
    }
}
