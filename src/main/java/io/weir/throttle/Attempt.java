package io.weir.throttle;

import io.weir.model.SenderKey;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that asks an edge whether it may go on.
 *
 * @param sender the sender its client address belongs to
 * @param ours loopback, private, own networks, or authenticated: never touched
 * @param role to postmaster@ or abuse@, and within what a sender may send there
 * @param nullSender MAIL FROM:&lt;&gt;
 * @param envelope {@link AdmitRule#envelope}
 * @param proof what the MTA knows of the client for certain
 * @param waiting what this edge remembers of the envelope; null when it is new here
 * @param floorUsed {@link EnvelopeMemory#floorUsed}
 */
public record Attempt(
        SenderKey sender,
        boolean ours,
        boolean role,
        boolean nullSender,
        long envelope,
        Proof proof,
        @Nullable Waiting waiting,
        int floorUsed) {
    /** Where no connector has a say: in replays, whose events tell what connectors did. */
    public Attempt(
            SenderKey sender,
            boolean ours,
            boolean nullSender,
            long envelope,
            @Nullable Waiting waiting,
            int floorUsed) {
        this(sender, ours, false, nullSender, envelope, Proof.NONE, waiting, floorUsed);
    }

    /** Whether it is within the share that passes: a new envelope by its place, a retry by its turn. */
    boolean passes(long nowMs, double fraction) {
        return waiting == null ? AdmitRule.admits(envelope, nowMs, fraction) : waiting.passes(nowMs, fraction);
    }
}
