package io.weir.simulate.scenario;

import java.util.Arrays;
import java.util.List;

/**
 * Where a parameter may lie: {@code a..b}, {@code a..b log}, or words with commas between.
 *
 * @param words the choices; empty when it is a range of numbers
 */
record Range(double low, double high, boolean logarithmic, List<String> words) {
    private static final String LOG = " log";

    /** @throws IllegalArgumentException naming the text, when it is none of these */
    static Range parse(String text) {
        boolean logarithmic = text.endsWith(LOG);
        String[] ends = text.substring(0, text.length() - (logarithmic ? LOG.length() : 0))
                .split("\\.\\.", -1);
        try {
            double low = Double.parseDouble(ends[0].trim());
            double high = ends.length == 1 ? low : Double.parseDouble(ends[1].trim());
            if (ends.length > 2 || low > high || (logarithmic && low <= 0)) {
                throw new IllegalArgumentException("not a range: '" + text + "'");
            }
            return new Range(low, high, logarithmic, List.of());
        } catch (NumberFormatException e) {
            if (ends.length > 1 || logarithmic) {
                throw new IllegalArgumentException("not a range: '" + text + "'", e);
            }
            return new Range(
                    0,
                    0,
                    false,
                    Arrays.stream(text.split(",", -1)).map(String::trim).toList());
        }
    }

    boolean isNumber() {
        return words.isEmpty();
    }

    /** @param chance from 0 to 1 */
    double number(double chance) {
        return logarithmic ? low * StrictMath.pow(high / low, chance) : low + (high - low) * chance;
    }

    /** A whole number; each from the low end to the high end is as likely, or their logarithms are. */
    int whole(double chance) {
        return logarithmic
                ? (int) Math.round(number(chance))
                : (int) Math.min(Math.floor(high), Math.floor(low + (high - low + 1) * chance));
    }

    String word(double chance) {
        return words.get((int) Math.min(words.size() - 1.0, chance * words.size()));
    }
}
