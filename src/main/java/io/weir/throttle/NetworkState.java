package io.weir.throttle;

import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a network besides its senders' own states.
 *
 * @param day days since the epoch that the counts belong to
 * @param newSenders senders without a record that began on that day
 * @param overflowAttempts attempts of further ones, which got no state of their own
 * @param overflowVolume accepted recipients of those
 * @param members its senders
 * @param newcomers its newcomers taken as one sender; null when there was none
 */
public record NetworkState(
        long day,
        long newSenders,
        long overflowAttempts,
        long overflowVolume,
        Members members,
        @Nullable SenderState newcomers) {
    public static final NetworkState NONE = new NetworkState(0, 0, 0, 0, Members.NONE, null);

    NetworkState rollTo(long newDay) {
        return newDay > day ? new NetworkState(newDay, 0, 0, 0, members, newcomers) : this;
    }

    NetworkState withNewSender() {
        return new NetworkState(day, newSenders + 1, overflowAttempts, overflowVolume, members, newcomers);
    }

    NetworkState withOverflow(long attempts, long volume) {
        return new NetworkState(
                day, newSenders, overflowAttempts + attempts, overflowVolume + volume, members, newcomers);
    }

    NetworkState withMembers(Members newMembers) {
        return newMembers.equals(members)
                ? this
                : new NetworkState(day, newSenders, overflowAttempts, overflowVolume, newMembers, newcomers);
    }

    NetworkState withNewcomers(@Nullable SenderState newNewcomers) {
        return new NetworkState(day, newSenders, overflowAttempts, overflowVolume, members, newNewcomers);
    }

    /** The throttle in force that holds a sender as one of its newcomers, or null. */
    public @Nullable InForce throttleOf(SenderKey sender, NetworkKey network, long nowMs) {
        InForce inForce = inForce(nowMs);
        return inForce == null || members.spares(network.memberOf(sender), nowMs / Horizon.DAY.millis())
                ? null
                : inForce;
    }

    /** Its newcomers' throttle in force, or null. */
    public @Nullable InForce inForce(long nowMs) {
        InForce last = newcomers == null ? null : newcomers.inForce();
        return last != null && last.holds(nowMs) ? last : null;
    }

    /** True when nothing would be lost by deleting it. */
    public boolean absentAt(long nowMs, Rules rules) {
        long today = nowMs / Horizon.DAY.millis();
        return today > day + 2
                && members.isOver(today)
                && (newcomers == null || newcomers.absentAt(nowMs, rules.ofNetworks()));
    }
}
