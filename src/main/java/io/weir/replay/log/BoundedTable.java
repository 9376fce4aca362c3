package io.weir.replay.log;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A table that forgets its oldest entry rather than grow beyond its bound, and counts what it forgot. */
final class BoundedTable<V> extends LinkedHashMap<String, V> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int bound;
    private final transient Consumer<V> onForgotten;
    private long forgotten;

    BoundedTable(int bound) {
        this(bound, value -> {});
    }

    /** @param onForgotten gets what is forgotten */
    BoundedTable(int bound, Consumer<V> onForgotten) {
        this.bound = bound;
        this.onForgotten = onForgotten;
    }

    long forgotten() {
        return forgotten;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        boolean full = size() > bound;
        if (full) {
            forgotten++;
            onForgotten.accept(eldest.getValue());
        }
        return full;
    }
}
