package io.weir.replay;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * States in memory: those used lately as objects, the others in their stored form.
 *
 * <p>Whose turn it is to be stored is told by a mark that every use sets (the clock algorithm): an order by the last use would be rewritten
 * by every event, in places all over the memory. For the same reason a state that was just asked for is replaced without another look.
 */
final class Shelf<K, V> {
    private final int mostObjects;
    private final Function<V, byte[]> writer;
    private final Function<byte[], V> reader;
    private final LinkedHashMap<K, Place<V>> recent = new LinkedHashMap<>();
    private final Map<K, byte[]> others = new HashMap<>();
    private @Nullable K askedFor;
    private @Nullable Place<V> found;

    /** Where a state lies as an object. */
    private static final class Place<V> {
        private V state;
        /** Whether it was used since its turn came last. */
        private boolean isUsed;

        private Place(V state) {
            this.state = state;
        }
    }

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
        Place<V> place = recent.get(key);
        askedFor = key;
        found = place;
        if (place != null) {
            place.isUsed = true;
            return place.state;
        }
        byte[] stored = others.get(key);
        return stored == null ? null : reader.apply(stored);
    }

    void put(K key, V state) {
        Place<V> place = key.equals(askedFor) ? found : recent.get(key);
        if (place != null) {
            place.state = state;
            return;
        }
        forgetQuestion();
        if (recent.size() == mostObjects) {
            store();
        }
        others.remove(key);
        recent.put(key, new Place<>(state));
    }

    /** Stores the first that was not used since its turn came last; those before it go to the end. */
    private void store() {
        while (true) {
            Iterator<Map.Entry<K, Place<V>>> eldest = recent.entrySet().iterator();
            Map.Entry<K, Place<V>> entry = eldest.next();
            K key = entry.getKey();
            Place<V> place = entry.getValue();
            eldest.remove();
            if (!place.isUsed) {
                others.put(key, writer.apply(place.state));
                return;
            }
            place.isUsed = false;
            recent.put(key, place);
        }
    }

    void removeIf(Predicate<V> condition) {
        forgetQuestion();
        recent.values().removeIf(place -> condition.test(place.state));
        others.values().removeIf(bytes -> condition.test(reader.apply(bytes)));
    }

    private void forgetQuestion() {
        askedFor = null;
        found = null;
    }

    int size() {
        return recent.size() + others.size();
    }
}
