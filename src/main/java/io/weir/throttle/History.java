package io.weir.throttle;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A sender's closed days and months, and the record that follows from them.
 *
 * <p>The record of a horizon is the largest of: the peaks of the last {@value #DAYS} days; of days counted while the
 * site was learning only the second largest, so that one surge does not become the record; and half of the largest of
 * the {@value #MONTHS} months before.
 *
 * @param days per day: 5-minute peak, hour peak, sum, and how it came about (0 earned, 1 learnt, 2 inherited); index is days since the epoch
 * @param months per month: the same peaks; index is months since year 0
 * @param record derived from both and kept, since every event needs it, recipients
 */
public record History(PackedRows days, PackedRows months, PerHorizon record) {
    public static final History NONE = new History(PackedRows.EMPTY, PackedRows.EMPTY, PerHorizon.ZERO);

    static final int DAYS = 35;
    static final int MONTHS = 13;

    /** The column that tells how a day came about. */
    private static final int ORIGIN = 3;

    private static final int EARNED = 0;
    private static final int LEARNT = 1;
    private static final int INHERITED = 2;

    /** Restores a history; the record is derived. */
    public static History of(PackedRows days, PackedRows months) {
        return new History(days, months, derive(days, months));
    }

    boolean isEmpty() {
        return days.isEmpty() && months.isEmpty();
    }

    /** Adds a closed day. */
    History close(long day, PerHorizon peaks, boolean learnt) {
        long[] columns = {peaks.fiveMinutes(), peaks.hour(), peaks.day(), learnt ? LEARNT : EARNED};
        return of(days.add(day, columns), months);
    }

    /** The record that a network vouches for counts like a day before the first; it expires like one, and leaves nothing behind. */
    History inherit(long day, PerHorizon peaks) {
        return of(days.add(day, new long[] {peaks.fiveMinutes(), peaks.hour(), peaks.day(), INHERITED}), months);
    }

    /** Whether any day was not earned. */
    boolean isGiven() {
        return days.anyHas(ORIGIN);
    }

    /** Moves days older than {@value #DAYS} days before {@code today} to their months, and forgets old months. */
    History expire(long today) {
        List<PackedRows.Row> kept = new ArrayList<>();
        PackedRows folded = months;
        List<PackedRows.Row> rows = days.rows();
        for (PackedRows.Row row : rows) {
            if (row.index() >= today - DAYS) {
                kept.add(row);
            } else if (row.get(ORIGIN) != INHERITED) {
                folded = fold(folded, month(row.index()), peaks(row).min(record));
            }
        }
        PackedRows recent = folded.between(month(today) - MONTHS, Long.MAX_VALUE);
        return kept.size() == rows.size() && recent.equals(months) ? this : of(PackedRows.of(kept), recent);
    }

    /** Takes recipients out of a closed day, since they turned out to be spam or rejected. */
    History amend(long day, long recipients) {
        List<PackedRows.Row> rows = days.rows();
        boolean found = false;
        for (int i = 0; i < rows.size(); i++) {
            PackedRows.Row row = rows.get(i);
            if (row.index() == day) {
                PerHorizon less = peaks(row).less(recipients);
                rows.set(i, row(day, less, row.get(ORIGIN)));
                found = true;
            }
        }
        return found ? of(PackedRows.of(rows), months) : this;
    }

    private static PackedRows fold(PackedRows months, long month, PerHorizon peaks) {
        List<PackedRows.Row> rows = months.rows();
        int last = rows.size() - 1;
        if (last >= 0 && rows.get(last).index() == month) {
            rows.set(last, row(month, peaks(rows.get(last)).max(peaks), EARNED));
        } else {
            rows.add(row(month, peaks, EARNED));
        }
        return PackedRows.of(rows);
    }

    private static PerHorizon derive(PackedRows days, PackedRows months) {
        PerHorizon earned = PerHorizon.ZERO;
        PerHorizon largest = PerHorizon.ZERO;
        PerHorizon second = PerHorizon.ZERO;
        for (PackedRows.Row row : days.rows()) {
            PerHorizon peaks = peaks(row);
            if (row.get(ORIGIN) != LEARNT) {
                earned = earned.max(peaks);
            } else {
                second = second.max(largest.min(peaks));
                largest = largest.max(peaks);
            }
        }
        PerHorizon old = PerHorizon.ZERO;
        for (PackedRows.Row row : months.rows()) {
            old = old.max(peaks(row));
        }
        return earned.max(second).max(old.half());
    }

    private static PackedRows.Row row(long index, PerHorizon peaks, long origin) {
        return new PackedRows.Row(index, new long[] {peaks.fiveMinutes(), peaks.hour(), peaks.day(), origin});
    }

    private static PerHorizon peaks(PackedRows.Row row) {
        return new PerHorizon(row.get(0), row.get(1), row.get(2));
    }

    private static long month(long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return date.getYear() * 12L + date.getMonthValue() - 1;
    }
}
