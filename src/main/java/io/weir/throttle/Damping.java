package io.weir.throttle;

/**
 * Keeps a sender that goes over its allowance again and again from being let off as often.
 *
 * <p>The first throttle ends after {@value #CALM_SLOTS} calm slots. Each new one within an hour of the last release
 * doubles the calm it takes, up to {@value #MOST_CALM_SLOTS} slots: otherwise a sender that pauses for two minutes
 * between bursts would have one burst per pause free. The idea is BGP's route flap damping (RFC 2439).
 *
 * @param strikes how often in a row the sender was throttled again soon
 * @param releasedSlot slot of the last release
 */
public record Damping(int strikes, long releasedSlot) {
    static final Damping NONE = new Damping(0, 0);

    static final int CALM_SLOTS = 2;
    static final int MOST_CALM_SLOTS = 64;

    private static final int MOST_STRIKES = 5;
    private static final long MEMORY_SLOTS = 60;

    /** Slots in a row that must be calm before a throttle ends. */
    int calmNeeded() {
        return CALM_SLOTS << strikes;
    }

    Damping throttledAt(long slot) {
        boolean again = releasedSlot > 0 && slot - releasedSlot <= MEMORY_SLOTS;
        return new Damping(again ? Math.min(MOST_STRIKES, strikes + 1) : 0, releasedSlot);
    }

    Damping releasedAt(long slot) {
        return new Damping(strikes, slot);
    }
}
