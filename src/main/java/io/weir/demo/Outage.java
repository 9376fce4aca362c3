package io.weir.demo;

import io.weir.simulate.Dice;

/** A time in which nobody could deliver anything to us. */
record Outage(long fromMs, long toMs) {
    /** What Postfix waits at most: a queue that found us away comes back within this time. */
    private static final long WITHIN_MS = 4_000_000;

    /** A server that gets one message through sends the rest of its queue for the same site at once. */
    private static final long FLUSH_MS = 10 * DemoCalendar.MINUTE_MS;

    boolean covers(long ms) {
        return ms >= fromMs && ms < toMs;
    }

    /** When a message is tried first: at once, or if it found us away half of them soon and the rest when their own time comes. */
    long firstTryMs(long order, long arrivedMs) {
        return covers(arrivedMs) ? backMs(order) : arrivedMs;
    }

    private long backMs(long order) {
        long chance = Math.floorMod(Dice.mix(order ^ fromMs), 1_000_000L);
        long withinMs = chance % 2 == 0 ? FLUSH_MS : WITHIN_MS;
        return toMs + chance * withinMs / 1_000_000;
    }
}
