package io.weir.serde;

/** How a time or index is written that most likely equals another: 0 when it does, 1 when it is 0, else its distance. */
final class Near {
    private static final long EQUAL = 0;
    private static final long ZERO = 1;

    private Near() {}

    static long code(long value, long likely) {
        if (value == likely) {
            return EQUAL;
        }
        if (value == 0) {
            return ZERO;
        }
        long distance = likely - value;
        return ((distance << 1) ^ (distance >> 63)) + 1;
    }

    static long value(long code, long likely) {
        if (code == EQUAL) {
            return likely;
        }
        if (code == ZERO) {
            return 0;
        }
        long zigzag = code - 1;
        return likely - ((zigzag >>> 1) ^ -(zigzag & 1));
    }
}
