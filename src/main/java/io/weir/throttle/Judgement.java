package io.weir.throttle;

import io.weir.model.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one step comes to.
 *
 * @param sender the sender's new state, or null when it gets none (its network has too many new senders today)
 * @param network the network's new state, or null when it is unchanged
 * @param verdict a verdict to publish, or null
 * @param closedDays rows for the traffic store, oldest first
 */
public record Judgement(
        @Nullable SenderState sender,
        @Nullable NetworkState network,
        @Nullable Verdict verdict,
        List<ClosedDay> closedDays) {
    /**
     * A day of a sender's traffic that no event will change any more.
     *
     * @param day days since the epoch
     * @param hours up to 24 rows, index hours since the epoch, columns as {@link Traffic.Column}
     */
    public record ClosedDay(long day, PackedRows hours) {}
}
