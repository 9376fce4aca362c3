package io.weir.throttle;

/**
 * A sender's times.
 *
 * @param firstDay day of the first event, days since the epoch
 * @param activeDays closed days with volume that vouches
 * @param lastActiveDay the last of them
 * @param lastEventMs event time of the state: the newest event so far
 * @param day the day that closes next: that of {@code lastEventMs} an hour before
 */
public record Life(long firstDay, long activeDays, long lastActiveDay, long lastEventMs, long day) {
    static Life begin(long atMs) {
        long day = SenderState.dayOf(atMs);
        return new Life(day, 0, 0, atMs, day);
    }

    Life seenAt(long nowMs, long nowDay) {
        return new Life(firstDay, activeDays, lastActiveDay, nowMs, nowDay);
    }

    Life active(long onDay) {
        return new Life(firstDay, activeDays + 1, onDay, lastEventMs, day);
    }
}
