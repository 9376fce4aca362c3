package io.weir.throttle;

import io.weir.model.NetworkKey;
import io.weir.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one step comes to.
 *
 * @param sender the sender's new state, or null when it gets none (its network has too many new senders today)
 * @param networks those of the sender's networks whose states changed
 * @param verdict a verdict on the sender to publish, or null
 * @param closedDays rows of the sender for the traffic store, oldest first
 */
public record Judgement(
        @Nullable SenderState sender,
        List<OfNetwork> networks,
        @Nullable Verdict verdict,
        List<ClosedDay> closedDays) {
    /**
     * A day of a sender's traffic that no event will change any more.
     *
     * @param day days since the epoch
     * @param hours up to 24 rows, index hours since the epoch, columns as {@link Traffic.Column}
     */
    public record ClosedDay(long day, PackedRows hours) {}

    /**
     * What it comes to for a network.
     *
     * @param state its new state
     * @param verdict a verdict on its newcomers to publish, or null
     * @param closedDays rows of its newcomers
     */
    public record OfNetwork(
            NetworkKey network,
            NetworkState state,
            @Nullable Verdict verdict,
            List<ClosedDay> closedDays) {}

    /** All verdicts to publish: mostly none, the sender's first. */
    public List<Verdict> verdicts() {
        if (verdict == null && networks.isEmpty()) {
            return List.of();
        }
        List<Verdict> all = new ArrayList<>(1 + networks.size());
        if (verdict != null) {
            all.add(verdict);
        }
        for (OfNetwork one : networks) {
            if (one.verdict != null) {
                all.add(one.verdict);
            }
        }
        return all;
    }
}
