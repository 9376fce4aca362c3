package io.weir.throttle;

/** The terms a sender's series is judged on at one moment. */
final class Terms {
    private Terms() {}

    static Allowances mail(SenderState state, Rules rules, boolean fault) {
        return Allowances.of(state.mail().record(), rules.mail(), rules.noise(), fault);
    }

    static Allowances bounces(Series bounces, Rules rules, boolean fault) {
        return Allowances.of(bounces.record(), rules.bounces(), rules.noise(), fault);
    }

    /** Whether short horizons are suspended: queues that a gap held back are arriving, and the sender has a history. */
    static boolean relieved(SenderState state, Controls controls, long nowMs) {
        return controls.relief(nowMs) != null
                && Standing.of(state, controls.rules().established()) == Standing.ESTABLISHED;
    }
}
