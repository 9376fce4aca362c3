package io.weir.throttle;

/**
 * A count per clock-aligned window, of which the newest two are kept: late events find the window before the current
 * one still open.
 *
 * @param index number of the current window since the epoch
 */
public record Tumbling(long index, long current, long previous) {
    public static final Tumbling EMPTY = new Tumbling(0, 0, 0);

    /** Adds to window {@code at}; what is older than the previous window is not counted. */
    Tumbling add(long at, long count) {
        if (at > index) {
            return new Tumbling(at, count, at == index + 1 ? current : 0);
        }
        if (at == index) {
            return new Tumbling(index, current + count, previous);
        }
        return at == index - 1 ? new Tumbling(index, current, previous + count) : this;
    }

    /** The count of window {@code at}, 0 when it is not kept. */
    long at(long at) {
        if (at == index) {
            return current;
        }
        return at == index - 1 ? previous : 0;
    }

    /** About how much lies within the last {@code width} before {@code nowMs}: the previous window counts in part. */
    long recent(long nowMs, long width) {
        long now = nowMs / width;
        long elapsed = nowMs % width;
        return at(now) + at(now - 1) * (width - elapsed) / width;
    }
}
