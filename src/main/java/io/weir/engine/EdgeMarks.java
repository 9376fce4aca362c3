package io.weir.engine;

import io.weir.model.ConnectionEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * How far each edge has come in this partition: an event at or below its edge's mark was counted before. Reads come from the heap; every
 * change goes to the store, so that marks are committed together with what was counted.
 *
 * <p>At most {@value #MOST_EDGES} edges are known. One more makes the partition forget the edge that it has not heard of for the longest
 * time; should that edge repeat itself later, its events count again.
 */
final class EdgeMarks {
    static final int MOST_EDGES = 4096;

    private static final byte TAG = 'e';
    private static final byte VERSION = 1;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<String, Mark> marks = new HashMap<>();
    private long newestMs;

    private static final class Mark {
        private final Bytes key;
        private long seq = ConnectionEvent.NO_SEQ;
        private long seenMs;

        private Mark(Bytes key) {
            this.key = key;
        }

        private long seenMs() {
            return seenMs;
        }
    }

    EdgeMarks(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> stored = all(store)) {
            stored.forEachRemaining(this::restore);
        }
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

    private void restore(KeyValue<Bytes, byte[]> entry) {
        byte[] key = entry.key.get();
        ByteBuffer value = ByteBuffer.wrap(entry.value);
        if (value.get() != VERSION) {
            throw new IllegalStateException("an edge's mark was written by a newer version of Weir");
        }
        Mark mark = new Mark(entry.key);
        mark.seq = value.getLong();
        mark.seenMs = value.getLong();
        marks.put(new String(key, 1, key.length - 1, StandardCharsets.UTF_8), mark);
        newestMs = Math.max(newestMs, mark.seenMs);
    }

    boolean isDuplicate(String edge, long seq) {
        Mark mark = marks.get(edge);
        return mark != null && seq != ConnectionEvent.NO_SEQ && seq <= mark.seq;
    }

    /** An event of the edge was counted. */
    void advance(String edge, long seq, long occurredAtMs) {
        Mark mark = marks.get(edge);
        if (mark == null) {
            mark = begin(edge);
        }
        newestMs = Math.max(newestMs, occurredAtMs);
        mark.seq = Math.max(mark.seq, seq);
        mark.seenMs = newestMs;
        byte[] value = new byte[1 + 2 * Long.BYTES];
        ByteBuffer.wrap(value).put(VERSION).putLong(mark.seq).putLong(mark.seenMs);
        store.put(mark.key, value);
    }

    /** The greatest time of any event counted in this partition; it survives with the marks. */
    long newestMs() {
        return newestMs;
    }

    private Mark begin(String edge) {
        if (marks.size() >= MOST_EDGES) {
            forgetOldest();
        }
        byte[] name = edge.getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[name.length + 1];
        key[0] = TAG;
        System.arraycopy(name, 0, key, 1, name.length);
        Mark mark = new Mark(Bytes.wrap(key));
        marks.put(edge, mark);
        return mark;
    }

    /** By name among equals: the same partition must give the same marks. */
    private void forgetOldest() {
        marks.entrySet().stream()
                .min(Comparator.<Map.Entry<String, Mark>>comparingLong(
                                entry -> entry.getValue().seenMs())
                        .thenComparing(Map.Entry::getKey))
                .ifPresent(oldest -> {
                    store.delete(oldest.getValue().key);
                    marks.remove(oldest.getKey());
                });
    }
}
