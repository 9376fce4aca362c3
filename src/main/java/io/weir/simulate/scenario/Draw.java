package io.weir.simulate.scenario;

import io.weir.simulate.Dice;
import java.util.Map;
import java.util.TreeMap;

/** One seed's parameters of one family. What is drawn depends on the seed and the parameter's name, not on the order of asking. */
final class Draw {
    private final Ranges ranges;
    private final String family;
    private final long seed;
    private final Map<String, String> drawn = new TreeMap<>();

    Draw(Ranges ranges, String family, long seed) {
        this.ranges = ranges;
        this.family = family;
        this.seed = Dice.mix(seed * 0x9E3779B97F4A7C15L + family.hashCode());
    }

    double number(String key) {
        return number(key, 0);
    }

    /** @param index which of several of the kind */
    double number(String key, int index) {
        double value = ranges.of(family, key).number(chance(key, index));
        note(key, index, String.format(java.util.Locale.ROOT, "%.4g", value));
        return value;
    }

    int whole(String key) {
        return whole(key, 0);
    }

    int whole(String key, int index) {
        int value = ranges.of(family, key).whole(chance(key, index));
        note(key, index, Integer.toString(value));
        return value;
    }

    String word(String key, int index) {
        String value = ranges.of(family, key).word(chance(key, index));
        note(key, index, value);
        return value;
    }

    /** A seed for whatever else is left to chance. */
    long seed(String purpose, int index) {
        return Dice.mix(seed ^ Dice.mix(purpose.hashCode() * 31L + index));
    }

    private double chance(String key, int index) {
        return Dice.part(seed(key, index));
    }

    private void note(String key, int index, String value) {
        drawn.put(index == 0 ? key : key + "." + index, value);
    }

    /** What was drawn so far, by name. */
    Map<String, String> drawn() {
        return Map.copyOf(drawn);
    }
}
