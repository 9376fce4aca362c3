package io.weir.throttle;

import java.util.Objects;

/** Which series a verdict in force holds, and how it is let go. */
final class Holds {
    private Holds() {}

    static Series series(SenderState state) {
        Series bounces = state.bounces();
        return ofBounces(state) && bounces != null ? bounces : state.mail();
    }

    static boolean ofBounces(SenderState state) {
        return Objects.requireNonNull(state.inForce()).reason() == Reason.NULL_SENDER_SURGE;
    }

    static SenderState release(SenderState state, Rules rules) {
        boolean fault = state.conduct().fault(rules.conduct()) != null;
        Series bounces = state.bounces();
        if (ofBounces(state) && bounces != null) {
            return state.withSeries(state.mail(), bounces.released(Terms.bounces(bounces, rules, fault)));
        }
        return state.withSeries(state.mail().released(Terms.mail(state, rules, fault)), bounces);
    }
}
