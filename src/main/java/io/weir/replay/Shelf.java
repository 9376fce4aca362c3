package io.weir.replay;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** States in memory: those used last as objects, the others in their stored form. */
final class Shelf<K, V> {
    private final int mostObjects;
    private final Function<V, byte[]> writer;
    private final Function<byte[], V> reader;
    private final LinkedHashMap<K, V> recent = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<K, byte[]> others = new HashMap<>();

    Shelf(int mostObjects, Function<V, byte[]> writer, Function<byte[], V> reader) {
        if (mostObjects < 1) {
            throw new IllegalArgumentException("at least 1 state is kept as an object, got " + mostObjects);
        }
        this.mostObjects = mostObjects;
        this.writer = writer;
        this.reader = reader;
    }

    @Nullable
    V get(K key) {
        V known = recent.get(key);
        if (known != null) {
            return known;
        }
        byte[] stored = others.get(key);
        return stored == null ? null : reader.apply(stored);
    }

    void put(K key, V state) {
        if (recent.put(key, state) != null) {
            return;
        }
        others.remove(key);
        if (recent.size() > mostObjects) {
            var eldest = recent.entrySet().iterator();
            Map.Entry<K, V> least = eldest.next();
            others.put(least.getKey(), writer.apply(least.getValue()));
            eldest.remove();
        }
    }

    void removeIf(Predicate<V> condition) {
        recent.values().removeIf(condition);
        others.values().removeIf(bytes -> condition.test(reader.apply(bytes)));
    }

    int size() {
        return recent.size() + others.size();
    }
}
