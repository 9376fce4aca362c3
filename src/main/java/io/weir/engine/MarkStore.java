package io.weir.engine;

import io.weir.throttle.EdgeMarks;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Edges' marks in a store, so that they are committed together with what was counted; reads come from the heap. */
final class MarkStore implements EdgeMarks.Keeper {
    private static final byte TAG = 'e';
    private static final byte VERSION = 1;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<String, Bytes> keys = new HashMap<>();

    private MarkStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** The marks that the store has; what becomes of them is written there. */
    static EdgeMarks marks(KeyValueStore<Bytes, byte[]> store) {
        EdgeMarks marks = new EdgeMarks(new MarkStore(store));
        try (KeyValueIterator<Bytes, byte[]> stored = all(store)) {
            stored.forEachRemaining(entry -> restore(entry, marks));
        }
        return marks;
    }

    /** The greatest time of any event counted in the partition whose store this is; 0 before the first. */
    static long newestMs(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        long newestMs = 0;
        try (KeyValueIterator<Bytes, byte[]> stored = all(store)) {
            while (stored.hasNext()) {
                newestMs =
                        Math.max(newestMs, ByteBuffer.wrap(stored.next().value).getLong(1 + Long.BYTES));
            }
        }
        return newestMs;
    }

    private static KeyValueIterator<Bytes, byte[]> all(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        return store.range(Bytes.wrap(new byte[] {TAG}), Bytes.wrap(new byte[] {TAG + 1}));
    }

    private static void restore(KeyValue<Bytes, byte[]> entry, EdgeMarks marks) {
        byte[] key = entry.key.get();
        ByteBuffer value = ByteBuffer.wrap(entry.value);
        if (value.get() != VERSION) {
            throw new IllegalStateException("an edge's mark was written by a newer version of Weir");
        }
        marks.restore(new String(key, 1, key.length - 1, StandardCharsets.UTF_8), value.getLong(), value.getLong());
    }

    @Override
    public void marked(String edge, long seq, long seenMs) {
        byte[] value = new byte[1 + 2 * Long.BYTES];
        ByteBuffer.wrap(value).put(VERSION).putLong(seq).putLong(seenMs);
        store.put(keys.computeIfAbsent(edge, MarkStore::key), value);
    }

    @Override
    public void forgotten(String edge) {
        store.delete(key(edge));
        keys.remove(edge);
    }

    private static Bytes key(String edge) {
        byte[] name = edge.getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[name.length + 1];
        key[0] = TAG;
        System.arraycopy(name, 0, key, 1, name.length);
        return Bytes.wrap(key);
    }
}
