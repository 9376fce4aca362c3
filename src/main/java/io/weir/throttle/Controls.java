package io.weir.throttle;

import io.weir.model.Gap;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import org.jspecify.annotations.Nullable;

/**
 * What the control records of a partition have said last.
 *
 * @param rules in force from the last {@link RulesChange} on
 * @param gap the last time an edge or the site was away
 */
public record Controls(Rules rules, @Nullable Gap gap) {
    /** Before the first control record. */
    public static final Controls NONE = new Controls(Rules.DEFAULTS, null);

    private static final long LEAST_RELIEF_MS = 2 * 3_600_000L;
    private static final long MOST_RELIEF_MS = 24 * 3_600_000L;

    /**
     * Takes new rules.
     *
     * @throws RulesException when the document is no good; the old rules stay
     */
    public Controls with(RulesChange change) {
        return new Controls(Rules.of(change.settings()), gap);
    }

    /**
     * As they hold for one sender: a pool learns in its first days, whatever the site does. An operator says of a pool that all of it is one
     * sender, and what is known of its addresses lies in other partitions.
     *
     * @param state the sender's, or null when it is new
     * @param atMs time of the event at hand
     */
    public Controls of(SenderKey sender, @Nullable SenderState state, long atMs) {
        if (!sender.isPool()) {
            return this;
        }
        long firstDay = state == null ? SenderState.dayOf(atMs) : state.life().firstDay();
        long untilMs = (firstDay + rules.poolLearnDays()) * Horizon.DAY.millis();
        return untilMs <= rules.learnUntilMs() ? this : new Controls(rules.learningUntil(untilMs), gap);
    }

    /** As they hold for the newcomers of a network together. */
    Controls ofNetworks() {
        return new Controls(rules.ofNetworks(), gap);
    }

    public Controls with(Gap newGap) {
        return new Controls(rules, newGap);
    }

    /** The gap whose queues may still be arriving at {@code nowMs}: for its own length, 2 hours to a day. */
    @Nullable
    Gap relief(long nowMs) {
        if (gap == null || nowMs < gap.toMs()) {
            return null;
        }
        long relief = Math.min(MOST_RELIEF_MS, Math.max(LEAST_RELIEF_MS, gap.toMs() - gap.fromMs()));
        return nowMs < gap.toMs() + relief ? gap : null;
    }
}
