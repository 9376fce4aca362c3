package io.weir.serde;

import io.weir.throttle.Varints;

/** Reads what {@link FieldWriter} wrote, in the same order; throws {@link IllegalArgumentException} on damage. */
final class FieldReader {
    private static final byte[] NOTHING = {};

    private final Varints.Reader in;
    private int mask;
    private int leftInGroup;

    /** @param in stands behind the version byte */
    FieldReader(Varints.Reader in) {
        this.in = in;
    }

    long get() {
        return next() ? in.read() : 0;
    }

    long getSigned() {
        return next() ? in.readSigned() : 0;
    }

    long getNear(long likely) {
        return Near.value(get(), likely);
    }

    /** A number of 0 to {@code most}. */
    int getInt(String name, int most) {
        long value = get();
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; allowed is 0 to " + most);
        }
        return (int) value;
    }

    boolean getFlag(String name) {
        return getInt(name, 1) == 1;
    }

    byte[] getBytes() {
        return next() ? in.readBytes() : NOTHING;
    }

    /** Makes sure that nothing is left over. */
    void end() {
        if (mask != 0 || in.hasMore()) {
            throw new IllegalArgumentException("there are bytes behind the last field");
        }
    }

    private boolean next() {
        if (leftInGroup == 0) {
            mask = in.readByte();
            leftInGroup = FieldWriter.GROUP;
        }
        boolean present = (mask & 1) != 0;
        mask >>>= 1;
        leftInGroup--;
        return present;
    }
}
