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
 * @param planned recipients a day that were announced for the sender at hand; 0 when none were. No control record says it: each event does
 */
public record Controls(Rules rules, @Nullable Gap gap, long planned) {
    /** Before the first control record. */
    public static final Controls NONE = new Controls(Rules.DEFAULTS, null);

    private static final long LEAST_RELIEF_MS = 2 * 3_600_000L;
    private static final long MOST_RELIEF_MS = 24 * 3_600_000L;

    public Controls(Rules rules, @Nullable Gap gap) {
        this(rules, gap, 0);
    }

    /**
     * Takes new rules.
     *
     * @throws RulesException when the document is no good; the old rules stay
     */
    public Controls with(RulesChange change) {
        return new Controls(Rules.of(change.settings()), gap);
    }

    /**
     * What one sender is judged by. What it sends by a connector never has anything enforced, and is only learnt from until the sender is
     * established: who was trusted today must not alarm as a newcomer. A pool learns in its first days: an operator says of it that all of it is
     * one sender, and what is known of its addresses lies in other partitions.
     */
    public Controls of(SenderKey sender, SenderState state) {
        return of(sender, state, state.life().lastEventMs());
    }

    /**
     * The same for one that may be new.
     *
     * @param atMs time of the event at hand
     */
    Controls of(SenderKey sender, @Nullable SenderState state, long atMs) {
        if (sender.connector() != null) {
            boolean isNew = state == null || Standing.of(state, rules.established()) == Standing.NEWCOMER;
            return new Controls(rules.ofTrusted(isNew), gap);
        }
        if (!sender.isPool()) {
            return this;
        }
        long firstDay = state == null ? SenderState.dayOf(atMs) : state.life().firstDay();
        long untilMs = (firstDay + rules.poolLearnDays()) * Horizon.DAY.millis();
        return untilMs <= rules.learnUntilMs() ? this : new Controls(rules.learningUntil(untilMs), gap);
    }

    /** As they hold for an event that brings an announced volume. */
    Controls announcing(long recipientsADay) {
        return recipientsADay == planned ? this : new Controls(rules, gap, recipientsADay);
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
