package io.weir.throttle;

/**
 * What is kept of a network besides its senders.
 *
 * @param day days since the epoch that the counts belong to
 * @param newSenders senders without a record that began on that day
 * @param overflowAttempts attempts of further ones, which got no state of their own
 * @param overflowVolume accepted recipients of those
 */
public record NetworkState(long day, long newSenders, long overflowAttempts, long overflowVolume) {
    public static final NetworkState NONE = new NetworkState(0, 0, 0, 0);

    NetworkState rollTo(long newDay) {
        return newDay > day ? new NetworkState(newDay, 0, 0, 0) : this;
    }

    NetworkState withNewSender() {
        return new NetworkState(day, newSenders + 1, overflowAttempts, overflowVolume);
    }

    NetworkState withOverflow(long attempts, long volume) {
        return new NetworkState(day, newSenders, overflowAttempts + attempts, overflowVolume + volume);
    }

    /** True when nothing would be lost by deleting it. */
    public boolean absentAt(long nowMs) {
        return nowMs / Horizon.DAY.millis() > day + 2;
    }
}
