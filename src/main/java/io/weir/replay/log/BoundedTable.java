package io.weir.replay.log;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/** A table that forgets its oldest entry rather than grow beyond its bound, and counts what it forgot. */
final class BoundedTable<V> extends LinkedHashMap<String, V> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int bound;
    private long forgotten;

    BoundedTable(int bound) {
        this.bound = bound;
    }

    long forgotten() {
        return forgotten;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        boolean full = size() > bound;
        forgotten += full ? 1 : 0;
        return full;
    }
}
