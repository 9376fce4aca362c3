package io.weir.throttle;

/**
 * How many attempts a sender makes per slot, retries included: what the admit fraction shares the budget among.
 *
 * @param slot number of the current slot since the epoch
 * @param attempts attempts of the current slot
 * @param fresh those of them that are no retries
 * @param smoothedMillis smoothed attempts per slot, in thousandths: rises by half the difference, falls by a quarter
 * @param calmSlots slots in a row, up to the one before the current, whose fresh attempts fitted the allowance
 */
public record Demand(long slot, long attempts, long fresh, long smoothedMillis, int calmSlots) {
    static final Demand NONE = new Demand(0, 0, 0, 0, 0);

    /** Within this part of a slot its attempts are not yet extrapolated, so that one early burst is not taken for 60. */
    private static final long SHORTEST_SAMPLE_MS = 5_000;

    /** More cannot be true; keeps products of it within a long. */
    private static final long MOST_ATTEMPTS = 10_000_000_000L;

    private static final int FORGOTTEN_AFTER_SLOTS = 64;

    Demand add(long moreAttempts, long moreFresh) {
        return new Demand(
                slot,
                Math.min(MOST_ATTEMPTS, attempts + moreAttempts),
                Math.min(MOST_ATTEMPTS, fresh + moreFresh),
                smoothedMillis,
                calmSlots);
    }

    /**
     * Closes the current slot and those without any attempt up to {@code newSlot}.
     *
     * @param fits whether the fresh attempts of the current slot fitted the allowance
     */
    Demand rollTo(long newSlot, boolean fits) {
        long empty = newSlot - slot - 1;
        long smoothed = smooth(smoothedMillis, attempts * 1000);
        for (long i = 0; i < empty && smoothed > 0; i++) {
            smoothed = i < FORGOTTEN_AFTER_SLOTS ? smooth(smoothed, 0) : 0;
        }
        long calm = (fits ? calmSlots + 1 : 0) + empty;
        return new Demand(newSlot, 0, 0, smoothed, (int) Math.min(Damping.MOST_CALM_SLOTS, calm));
    }

    /** Calm has to be shown anew. */
    Demand excited() {
        return new Demand(slot, attempts, fresh, smoothedMillis, 0);
    }

    /**
     * Thousandths of attempts per slot to expect: the smoothed past, or what the current slot shows if that is more.
     *
     * @param held while a throttle is in force the slot's attempts are counted, not extrapolated: its verdict is renewed
     *     within the slot when they multiply, and a queue run of a few seconds is no flood of a minute
     */
    long expectedMillis(long nowMs, boolean held) {
        if (held) {
            return Math.max(smoothedMillis, attempts * 1000);
        }
        long elapsed = Math.max(SHORTEST_SAMPLE_MS, nowMs - slot * Horizon.SLOT_MS);
        return Math.max(smoothedMillis, attempts * 1000 * Horizon.SLOT_MS / Math.min(elapsed, Horizon.SLOT_MS));
    }

    private static long smooth(long smoothed, long latest) {
        return latest > smoothed ? smoothed + (latest - smoothed + 1) / 2 : smoothed - (smoothed - latest + 3) / 4;
    }
}
