package io.weir.throttle;

import org.jspecify.annotations.Nullable;

/**
 * A reason to throttle that holds now.
 *
 * @param admitMicros share of attempts that may pass, in millionths, {@value #LEAST_ADMIT} (or {@value #LEAST_TOGETHER}) to 1,000,000
 * @param horizon the one that leaves the least
 */
record Candidate(Reason reason, Series series, Allowances allowances, long admitMicros, Horizon horizon) {
    /**
     * A queue that is tried again and again gets this part of it through each time: at a hundredth a mail server that tries every ten minutes
     * had a third of a hijacked account's spam delivered. Nobody's mail is given up for it: retries take turns.
     */
    static final long LEAST_ADMIT = 1_000;

    /** Of a network's newcomers: nobody is shut out by it, since each of them has its floor. */
    static final long LEAST_TOGETHER = 100;

    static final long ALL = 1_000_000;

    /** Over how many slots a budget's distance from its burst is evened out. */
    private static final long SETTLE_SLOTS = 5;

    /** The candidate of one series, or null while its budgets hold and no throttle of it is waiting for calm. */
    static @Nullable Candidate of(Reason reason, Series series, Series.Terms terms, boolean held, long nowMs) {
        if (!held && !series.exceeds(terms)) {
            return null;
        }
        long expected = Math.max(1, series.demand().expectedMillis(nowMs, held));
        long least = ALL;
        Horizon tightest = Horizon.FIVE_MINUTES;
        for (Horizon horizon : Horizon.all()) {
            long admit = terms.binds(horizon)
                    ? Math.max(least(reason), admit(series, terms.allowances(), horizon, expected))
                    : ALL;
            if (admit < least) {
                least = admit;
                tightest = horizon;
            }
        }
        return new Candidate(reason, series, terms.allowances(), least, tightest);
    }

    /**
     * What the budget can take per slot, as a share of the attempts to expect: its refill, and a fifth of its room (or
     * of what it is overdrawn).
     */
    private static long admit(Series series, Allowances allowances, Horizon horizon, long expectedMillis) {
        Allowance allowance = allowances.get(horizon);
        long room = allowance.burstMicros() - series.levels().get(horizon);
        long share = (room + SETTLE_SLOTS * allowance.perSlotMicros()) * 1000 / (SETTLE_SLOTS * expectedMillis);
        return Math.min(ALL, share);
    }

    private static long least(Reason reason) {
        return reason == Reason.NETWORK_NEWCOMERS ? LEAST_TOGETHER : LEAST_ADMIT;
    }

    /** Whether nothing is left to share. */
    boolean isLeast() {
        return admitMicros == least(reason);
    }
}
