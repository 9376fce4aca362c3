package io.weir.throttle;

/**
 * What a sender may send within one horizon now, as a leaky budget.
 *
 * <p>With <em>R</em> the larger of the record and a newcomer's share, <em>g</em> the growth and <em>k</em> the refill
 * factor:
 *
 * <pre>
 * allowance = (g + k) R + noise x sqrt(record)      bounded by floor and cap
 * refill    = k R per horizon
 * burst     = allowance - refill                    (at least g R)
 * </pre>
 *
 * <p>A token bucket of that burst and refill is an arrival curve: within any span of one horizon it passes at most
 * burst + refill = allowance, exactly. Records are taken over clock-aligned windows; traffic whose every aligned window
 * stays within R needs a burst of less than 2 R at a refill of R, so with g of at least 2 and k of at least 1 a sender
 * within its record is never over its budget. A refill above R lets a sender that grows daily by g do so hour after
 * hour. The noise term gives a Poisson stream around the record's mean three standard deviations.
 *
 * @param record the sender's record, recipients
 * @param recipients the allowance, recipients per horizon
 * @param burstMicros level above which the budget is exceeded, micro-recipients
 * @param perSlotMicros what leaks per slot, micro-recipients
 */
public record Allowance(long record, long recipients, long burstMicros, long perSlotMicros) {
    /** Micro-recipients in a recipient. */
    public static final long MICROS = 1_000_000;

    /** A budget overdrawn (before a verdict takes hold) is remembered up to this part of the allowance. */
    private static final int DEBT_PART = 8;

    static Allowance of(Horizon horizon, long record, Rules.Limits limits, double noise, boolean badConduct) {
        double refillFactor = limits.refill().of(horizon);
        double factor = limits.growth().of(horizon) + refillFactor;
        long floor = limits.floor().get(horizon);
        double base = Math.max(record, limits.base(horizon));
        double wanted = badConduct ? floor : factor * base + noise * Math.sqrt(record);
        long recipients = roundUp(Math.min(limits.cap().get(horizon), Math.max(floor, wanted)));
        double refill = refillFactor * Math.min(base, recipients / factor) * MICROS;
        // Rounding is in the sender's favour, or who uses all of a small record is over it by a hair one day; it comes
        // to a thousandth of a recipient a day, which cannot let another one pass.
        long perSlot = roundUp(refill / horizon.slots());
        return new Allowance(record, recipients, recipients * MICROS - (long) refill, perSlot);
    }

    /** The next whole number, unless the last digits of the calculation alone are above one. */
    private static long roundUp(double number) {
        return (long) Math.ceil(number - 1e-6);
    }

    /** What may be sent at once from rest, recipients. */
    public long burst() {
        return burstMicros / MICROS;
    }

    /** The highest level that is remembered. */
    long ceilingMicros() {
        return burstMicros + Math.max(5 * perSlotMicros, recipients * MICROS / DEBT_PART);
    }

    /** A level from which one slot's worth of refill does not exceed the budget. */
    long calmMicros() {
        return burstMicros - perSlotMicros;
    }
}
