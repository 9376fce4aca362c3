package io.weir.engine;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the list of all throttled senders of a site: a partition, and a key in it. Its text sorts as the list does, and says nothing to
 * whoever holds it.
 *
 * @param key empty: before the partition's first
 */
record Position(int partition, byte[] key) implements Comparable<Position> {
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{4})-((?:[0-9a-f]{2}){0,200})");

    static final Position START = new Position(0, new byte[0]);

    /** @throws IllegalArgumentException when the text is none */
    static Position parse(String text) {
        if (text.isEmpty()) {
            return START;
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("cursor must be one that an earlier page gave");
        }
        return new Position(
                Integer.parseInt(matcher.group(1), 16), HexFormat.of().parseHex(matcher.group(2)));
    }

    String text() {
        return String.format(Locale.ROOT, "%04x-%s", partition, HexFormat.of().formatHex(key));
    }

    @Override
    public int compareTo(Position other) {
        return partition != other.partition
                ? Integer.compare(partition, other.partition)
                : Arrays.compareUnsigned(key, other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Position position && compareTo(position) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * partition + Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return text();
    }
}
