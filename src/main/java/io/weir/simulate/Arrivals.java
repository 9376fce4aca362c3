package io.weir.simulate;

/** When new messages of a source want to be sent; not what becomes of them. */
@FunctionalInterface
public interface Arrivals {
    /** Times from {@code fromMs} on and before {@code toMs}, in order. */
    long[] between(long fromMs, long toMs);

    /** A constant pace from one moment to another. */
    static Arrivals steady(long beginMs, long endMs, double perMinute) {
        double everyMs = Spans.MINUTE_MS / perMinute;
        return (fromMs, toMs) -> {
            long first = (long) Math.ceil(Math.max(0, fromMs - beginMs) / everyMs);
            long end = (long) Math.ceil(Math.max(0, Math.min(toMs, endMs) - beginMs) / everyMs);
            long[] times = new long[(int) Math.max(0, end - first)];
            for (int i = 0; i < times.length; i++) {
                times[i] = beginMs + (long) ((first + i) * everyMs);
            }
            return times;
        };
    }
}
