package io.weir.throttle;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much of an edge's mail would be deferred, in slots of a minute over ten minutes. Not safe for use by several threads.
 */
public final class BrakeCount {
    private static final long SLOT_MS = 60_000;
    private static final int SLOTS = 10;

    private final Limits limits;
    private final Slot[] slots = new Slot[SLOTS];

    /**
     * What is too much.
     *
     * @param share of all transactions that may be deferred, 0 to 1
     * @param establishedShare the same of those that are not a newcomer's
     * @param least transactions in ten minutes below which nothing is too much
     */
    public record Limits(double share, double establishedShare, int least) {
        /** What edges are shipped with. */
        public static final Limits USUAL = new Limits(0.10, 0.05, 100);
    }

    /** A minute's counts. */
    private static final class Slot {
        private long number = -1;
        private long all;
        private long deferred;
        private long established;
        private long establishedDeferred;
    }

    public BrakeCount(Limits limits) {
        this.limits = limits;
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Slot();
        }
    }

    /**
     * Takes note of a decision.
     *
     * @param established whether the sender is, as far as an edge can tell
     * @param defers what was decided
     */
    public void add(boolean established, boolean defers, long nowMs) {
        Slot slot = slots[(int) (nowMs / SLOT_MS % SLOTS)];
        if (slot.number != nowMs / SLOT_MS) {
            begin(slot, nowMs / SLOT_MS);
        }
        slot.all++;
        slot.deferred += defers ? 1 : 0;
        slot.established += established ? 1 : 0;
        slot.establishedDeferred += defers && established ? 1 : 0;
    }

    private static void begin(Slot slot, long number) {
        slot.number = number;
        slot.all = 0;
        slot.deferred = 0;
        slot.established = 0;
        slot.establishedDeferred = 0;
    }

    /** What is too much of the last ten minutes, for a person; null when nothing is. */
    public @Nullable String excess(long nowMs) {
        Slot sum = new Slot();
        for (Slot slot : slots) {
            if (slot.number > nowMs / SLOT_MS - SLOTS) {
                sum.all += slot.all;
                sum.deferred += slot.deferred;
                sum.established += slot.established;
                sum.establishedDeferred += slot.establishedDeferred;
            }
        }
        if (exceeds(sum.deferred, sum.all, limits.share)) {
            return text(sum.deferred, sum.all, "transactions");
        }
        return exceeds(sum.establishedDeferred, sum.established, limits.establishedShare)
                ? text(sum.establishedDeferred, sum.established, "transactions of known senders")
                : null;
    }

    private boolean exceeds(long deferred, long all, double share) {
        return all >= limits.least && deferred > share * all;
    }

    private static String text(long part, long whole, String what) {
        return String.format(Locale.ROOT, "%d of %d %s", part, whole, what);
    }

    /** Begins anew. */
    public void clear() {
        for (Slot slot : slots) {
            begin(slot, -1);
        }
    }
}
