package io.weir.engine;

import io.weir.serde.StateCodec;
import io.weir.throttle.NetworkState;
import io.weir.throttle.SenderState;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What is known of a partition's senders and networks: one read and one write per event. */
final class SenderStates {
    private final KeyValueStore<Bytes, byte[]> store;
    private final SenderCache.Partition cache;
    private final StateCodec codec;

    SenderStates(KeyValueStore<Bytes, byte[]> store, SenderCache.Partition cache, StateCodec codec) {
        this.store = store;
        this.cache = cache;
        this.codec = codec;
    }

    @Nullable
    SenderState get(Bytes key) {
        SenderState cached = cache.sender(key);
        if (cached != null) {
            return cached;
        }
        byte[] stored = store.get(key);
        return stored == null ? null : codec.readSender(stored);
    }

    /** @param bytes the state in its stored form, written while the event could still be refused */
    void put(Bytes key, SenderState state, byte[] bytes) {
        store.put(key, bytes);
        cache.put(key, state);
    }

    void delete(Bytes key) {
        cache.remove(key);
        store.delete(key);
    }

    @Nullable
    NetworkState network(Bytes key) {
        NetworkState cached = cache.network(key);
        if (cached != null) {
            return cached;
        }
        byte[] stored = store.get(key);
        return stored == null ? null : codec.readNetwork(stored);
    }

    void put(Bytes key, NetworkState state, byte[] bytes) {
        store.put(key, bytes);
        cache.put(key, state);
    }

    /** Senders, then networks, in the order of their keys. */
    KeyValueIterator<Bytes, byte[]> from(Bytes key) {
        return store.range(key, null);
    }

    void close() {
        cache.clear();
    }
}
