package io.weir.simulate;

/** Lengths of time, milliseconds. */
public final class Spans {
    public static final long SECOND_MS = 1_000;
    public static final long MINUTE_MS = 60 * SECOND_MS;
    public static final long HOUR_MS = 60 * MINUTE_MS;
    public static final long DAY_MS = 24 * HOUR_MS;

    private Spans() {}
}
