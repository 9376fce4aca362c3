package io.weir.throttle;

/**
 * What an edge remembers of an envelope that it deferred before, and of its sender's turns.
 *
 * <p>Of a sender's retries the share that its verdict allows passes, and of them those that wait longest. Each retry adds the admit fraction to
 * the sender's turns, each one that passes takes 1 from them; a retry passes when the turns and the hours it has waited make 1. When many wait,
 * those that pass early leave too few turns for the younger ones, so that the oldest go first and the share stays what it is: all that can pass
 * beyond it is one message for each hour that the oldest has waited. So a short queue is through in as many hours as it has messages, however
 * small the fraction.
 *
 * <p>A place on {@link AdmitRule}'s circle cannot do this: retries come at regular times, and a client whose regularity is as that of the turning
 * meets the same few places for ever (Exim's 6 hours turn the circle by nearly a half).
 *
 * @param sinceMs when it was deferred first
 * @param again whether it was tried in this slot already: hammering gets nobody further
 * @param turns the sender's
 */
public record Waiting(long sinceMs, boolean again, double turns) {
    private static final double HOUR_MS = 3_600_000;
    /** A retry's own turns need no rounding luck to be enough. */
    private static final double ENOUGH = 1 - 1e-9;

    /** Whether it is its turn. */
    boolean passes(long nowMs, double fraction) {
        return !again && fraction > 0 && turns + fraction + (nowMs - sinceMs) / HOUR_MS >= ENOUGH;
    }
}
