package io.weir.throttle;

/**
 * What a sender sent, hour by hour, for the people who ask; the judgement does not read it.
 *
 * @param hour the current hour, hours since the epoch
 * @param counts the current hour's counts, in the order of {@link Column}; not to be changed
 * @param past up to {@value #HOURS} hours before it, same columns
 */
public record Traffic(long hour, long[] counts, PackedRows past) {
    /** Hours kept beside the current one. */
    public static final int HOURS = 48;

    private static final long[] NO_COUNTS = new long[PackedRows.MAX_COLUMNS];

    public static final Traffic NONE = new Traffic(0, NO_COUNTS, PackedRows.EMPTY);

    /** Columns of an hour, all counted in recipients. */
    public enum Column {
        ATTEMPTS,
        ADMITTED,
        DEFERRED,
        REJECTED,
        ABANDONED_OR_UNKNOWN,
        RETRIES,
        WOULD_DEFER,
        NULL_SENDER
    }

    /**
     * Adds one event's counts to hour {@code at}. An hour before {@code earliest} is already written out: what comes
     * that late is counted in the current hour, so that nothing is lost.
     */
    Traffic add(long at, long[] more, long earliest) {
        if (at > hour) {
            return new Traffic(at, more, hour < at - HOURS ? PackedRows.EMPTY : past.append(hour, counts, at - HOURS));
        }
        if (at == hour || at < Math.max(earliest, hour - HOURS)) {
            long[] sum = counts.clone();
            for (int i = 0; i < more.length; i++) {
                sum[i] += more[i];
            }
            return new Traffic(hour, sum, past);
        }
        return new Traffic(hour, counts, past.add(at, more));
    }

    /** Every kept hour, the current one last. */
    public PackedRows withCurrent() {
        return hour == 0 ? past : past.add(hour, counts);
    }

    /** The sum of one column over the hours {@code from} to the current one. */
    public long sum(Column column, long from) {
        long sum = hour >= from ? counts[column.ordinal()] : 0;
        for (PackedRows.Row row : past.rows()) {
            if (row.index() >= from) {
                sum += row.get(column.ordinal());
            }
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Traffic traffic && traffic.withCurrent().equals(withCurrent()) && traffic.hour == hour;
    }

    @Override
    public int hashCode() {
        return withCurrent().hashCode();
    }

    @Override
    public String toString() {
        return withCurrent().toString();
    }
}
