package io.weir.throttle;

import io.weir.model.SenderKey;

/**
 * A transaction that asks an edge whether it may go on.
 *
 * @param sender the sender its client address belongs to
 * @param ours loopback, private, own networks, or authenticated: never touched
 * @param nullSender MAIL FROM:&lt;&gt;
 * @param envelope {@link AdmitRule#envelope}
 */
public record Attempt(SenderKey sender, boolean ours, boolean nullSender, long envelope) {}
