package io.weir.throttle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be told about a sender at a moment: the answer to "why was it deferred, and when is that over?".
 *
 * @param asOfMs the moment; the later of the one asked for and the sender's newest event
 * @param budgets mail with a sender address, shortest horizon first
 * @param bounces mail with the null sender; empty when there was none
 * @param inForce the throttle in force, or null
 * @param ramp the days ahead if the sender uses what it may, today first
 */
public record SenderView(
        long asOfMs,
        Standing standing,
        Life life,
        List<Budget> budgets,
        List<Budget> bounces,
        Conduct conduct,
        Traffic traffic,
        @Nullable InForce inForce,
        @Nullable Reason fault,
        boolean learning,
        List<Ramp.Day> ramp) {
    private static final int RAMP_DAYS = 10;

    /**
     * One horizon's budget, recipients.
     *
     * @param record what the sender's history vouches for
     * @param allowance what it may send within the horizon
     * @param freeNow what it may send at this moment without exceeding it
     */
    public record Budget(Horizon horizon, long record, long allowance, long freeNow) {}

    /** Looks at a state as it will be at {@code nowMs} if nothing more arrives. */
    public static SenderView of(SenderState stored, Controls controls, long nowMs) {
        long now = Math.max(nowMs, stored.life().lastEventMs());
        SenderState state = Advance.to(now, stored, controls).state();
        Rules rules = controls.rules();
        Reason fault = state.conduct().fault(rules.conduct());
        Series bounces = state.bounces();
        InForce inForce = state.inForce();
        return new SenderView(
                now,
                Standing.of(state, rules.established()),
                state.life(),
                budgets(state.mail(), Terms.mail(state, rules, fault != null)),
                bounces == null ? List.of() : budgets(bounces, Terms.bounces(bounces, rules, fault != null)),
                state.conduct(),
                state.traffic(),
                inForce != null && inForce.holds(now) ? inForce : null,
                fault,
                rules.learning(now),
                Ramp.of(state.mail().record(), rules, RAMP_DAYS));
    }

    private static List<Budget> budgets(Series series, Allowances allowances) {
        List<Budget> budgets = new ArrayList<>();
        for (Horizon horizon : Horizon.all()) {
            Allowance allowance = allowances.get(horizon);
            long free = allowance.burstMicros() - series.levels().get(horizon);
            budgets.add(new Budget(
                    horizon, allowance.record(), allowance.recipients(), Math.max(0, free) / Allowance.MICROS));
        }
        return budgets;
    }

    /** What its history vouches for. */
    public PerHorizon record() {
        return new PerHorizon(record(Horizon.FIVE_MINUTES), record(Horizon.HOUR), record(Horizon.DAY));
    }

    private long record(Horizon horizon) {
        return budgets.get(horizon.ordinal()).record();
    }

    /** Recipients attempted today (UTC), by column. */
    public long today(Traffic.Column column) {
        return traffic.sum(column, asOfMs / Horizon.DAY.millis() * 24);
    }
}
