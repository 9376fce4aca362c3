package io.weir.throttle;

import org.jspecify.annotations.Nullable;

/**
 * What mail is allowed by the rules of one moment. Each step of a judgement asks, and within an event nothing but conduct changes the answer; so the
 * last one is kept. Not safe for use by several threads.
 */
final class KnownAllowances {
    private final Rules rules;
    private PerHorizon record = PerHorizon.ZERO;
    private boolean fault;
    private @Nullable Allowances last;

    KnownAllowances(Rules rules) {
        this.rules = rules;
    }

    Allowances of(SenderState state, boolean hasFault) {
        PerHorizon asked = state.mail().record();
        Allowances known = last;
        if (known == null || fault != hasFault || !record.equals(asked)) {
            known = Terms.mail(state, rules, hasFault);
            last = known;
            record = asked;
            fault = hasFault;
        }
        return known;
    }
}
