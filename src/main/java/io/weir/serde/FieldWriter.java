package io.weir.serde;

import io.weir.throttle.Varints;

/**
 * Writes fields that are mostly zero: before each eight of them one byte says which are not, and only those follow.
 *
 * <p>A format makes its fields zero by writing each as its distance from what it most likely is.
 */
final class FieldWriter {
    static final int GROUP = 8;

    private final Varints out;
    private int maskAt;
    private int mask;
    private int inGroup = GROUP;

    FieldWriter(int version, int expectedBytes) {
        this.out = new Varints(expectedBytes);
        out.writeByte(version);
    }

    /** Any number; best for small ones of 0 and more. */
    void put(long value) {
        if (next(value != 0)) {
            out.write(value);
        }
    }

    /** Any number; best for small ones of either sign. */
    void putSigned(long value) {
        if (next(value != 0)) {
            out.writeSigned(value);
        }
    }

    /** A time or index that most likely equals {@code likely}, else is 0 or lies near it. */
    void putNear(long value, long likely) {
        put(Near.code(value, likely));
    }

    void putFlag(boolean flag) {
        put(flag ? 1 : 0);
    }

    /** Bytes as they are. */
    void putBytes(byte[] bytes) {
        if (next(bytes.length > 0)) {
            out.writeBytes(bytes);
        }
    }

    byte[] toBytes() {
        closeGroup();
        return out.toBytes();
    }

    private boolean next(boolean present) {
        if (inGroup == GROUP) {
            closeGroup();
            maskAt = out.size();
            out.writeByte(0);
            mask = 0;
            inGroup = 0;
        }
        if (present) {
            mask |= 1 << inGroup;
        }
        inGroup++;
        return present;
    }

    private void closeGroup() {
        if (maskAt > 0) {
            out.setByte(maskAt, mask);
        }
    }
}
