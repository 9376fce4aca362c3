package io.weir.replay.log;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is made of a piece of a line that comes again and again, such as a program's name: made once, and found without cutting it out. The
 * last to come takes a place that is taken.
 */
final class RegionCache<T> {
    private static final int PLACES = 256;

    private final Function<String, T> make;
    private final String[] keys = new String[PLACES];
    private final Object[] values = new Object[PLACES];

    RegionCache(Function<String, T> make) {
        this.make = make;
        Arrays.fill(keys, "");
    }

    @SuppressWarnings("unchecked")
    T of(String line, int start, int end) {
        int place = hash(line, start, end) & (PLACES - 1);
        String known = keys[place];
        @Nullable Object value = values[place];
        if (value != null && known.length() == end - start && line.startsWith(known, start)) {
            return (T) value;
        }
        String key = line.substring(start, end);
        T made = make.apply(key);
        keys[place] = key;
        values[place] = made;
        return made;
    }

    private static int hash(String line, int start, int end) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + line.charAt(i);
        }
        return hash ^ hash >>> 8 ^ hash >>> 16;
    }
}
