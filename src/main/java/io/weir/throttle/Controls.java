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
     * What one sender is judged by. What it sends by a connector never has anything enforced, and is only learnt from until the sender is
     * established: who was trusted today must not alarm as a newcomer.
     */
    public Controls of(SenderKey sender, SenderState state) {
        if (sender.connector() == null) {
            return this;
        }
        boolean isNew = Standing.of(state, rules.established()) == Standing.NEWCOMER;
        return new Controls(rules.ofTrusted(isNew), gap);
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
