package io.weir.throttle;

import io.weir.model.SenderKey;

/**
 * A transaction that asks an edge whether it may go on.
 *
 * @param sender the sender its client address belongs to
 * @param ours loopback, private, own networks, or authenticated: never touched
 * @param nullSender MAIL FROM:&lt;&gt;
 * @param envelope {@link AdmitRule#envelope}
 * @param proof what the MTA knows of the client for certain
 */
public record Attempt(SenderKey sender, boolean ours, boolean nullSender, long envelope, Proof proof) {
    /** Where no connector has a say: in replays, whose events tell what connectors did. */
    public Attempt(SenderKey sender, boolean ours, boolean nullSender, long envelope) {
        this(sender, ours, nullSender, envelope, Proof.NONE);
    }
}
