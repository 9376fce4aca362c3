package io.weir.throttle;

/**
 * What one open day will add to the record when it closes.
 *
 * @param peaks the largest 5-minute and hour windows that vouch, and the day's sum
 * @param amended recipients that later knowledge took away again
 * @param learnt whether any of it was counted while the site was learning
 */
public record DayPeaks(PerHorizon peaks, long amended, boolean learnt) {
    static final DayPeaks NONE = new DayPeaks(PerHorizon.ZERO, 0, false);

    DayPeaks amend(long recipients) {
        return new DayPeaks(peaks, amended + recipients, learnt);
    }

    /** The peaks that count. Spam lowers each of them, since it may have been part of each. */
    PerHorizon vouched() {
        return amended == 0 ? peaks : peaks.less(amended);
    }

    boolean isEmpty() {
        return peaks.isZero() && amended == 0;
    }
}
