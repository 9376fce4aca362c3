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

    /**
     * Whether an announced volume still has room: what may have been accepted in this hour and the 23 before it is less. Who guesses addresses or
     * sends spam has no plan.
     */
    static boolean planned(SenderState state, Controls controls, long nowMs) {
        if (controls.planned() == 0 || state.conduct().fault(controls.rules().conduct()) != null) {
            return false;
        }
        long since = nowMs / Horizon.HOUR.millis() - 23;
        long accepted = state.traffic().sum(Traffic.Column.ADMITTED, since)
                + state.traffic().sum(Traffic.Column.ABANDONED_OR_UNKNOWN, since);
        return accepted < controls.planned();
    }

    /**
     * Whether short horizons are suspended: queues that a gap held back are arriving, and the sender has a history. One day of mail a week
     * ago is enough, or the weekly newsletter whose day the gap fell on would be held; the day's budget binds it all the same.
     */
    static boolean relieved(SenderState state, Controls controls, long nowMs) {
        Life life = state.life();
        return controls.relief(nowMs) != null
                && life.activeDays() > 0
                && life.day() - life.firstDay()
                        >= controls.rules().established().ageDays()
                && life.day() - life.lastActiveDay() <= History.DAYS;
    }
}
