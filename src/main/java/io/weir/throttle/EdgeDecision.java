package io.weir.throttle;

import io.weir.model.ClientAddress;
import io.weir.model.Mode;
import io.weir.model.Networks;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.ConnectorTrace.Violation;
import org.jspecify.annotations.Nullable;

/**
 * The edge's decision, as a function of what it knows and the time. In this order: our own mail is never touched; mail to
 * a role address; an operator's override; the connectors; the brake; the verdict on the sender, or else on its network
 * unless that spares the sender; and when nothing speaks against it, it passes. What has expired is not known. A verdict is enforced only while the
 * newest rules enforce its reason.
 */
public final class EdgeDecision {
    private EdgeDecision() {}

    /** Whether it is mail of our own: from loopback, a private address or an own network, or sent by a user who logged in. */
    public static boolean isOurs(ClientAddress client, boolean authenticated, Networks ownNetworks) {
        return client.exempt() || authenticated || ownNetworks.contains(client);
    }

    /** Says what becomes of the attempt; what is to be remembered of it is its caller's. */
    public static Answer decide(Attempt attempt, Knowledge knowledge, long nowMs) {
        if (attempt.ours()) {
            return new Answer.Ours();
        }
        if (attempt.role()) {
            return new Answer.Role();
        }
        OperatorOverride override = knowledge.overrideOf(attempt.sender(), nowMs);
        if (override != null) {
            return byOverride(attempt, override, nowMs);
        }
        Answer connected = byConnector(knowledge.connectors().trace(attempt.proof()));
        return connected == null ? byVerdict(attempt, knowledge, nowMs) : connected;
    }

    /** Null when no connector settles it. */
    private static @Nullable Answer byConnector(ConnectorTrace trace) {
        if (trace.broken() != null && trace.violation() != null) {
            return trace.violation() == Violation.TLS
                    ? new Answer.TlsWanted(trace.broken())
                    : new Answer.Refused(trace.broken(), trace.violation());
        }
        return trace.trusted() == null ? null : new Answer.Trusted(trace.trusted());
    }

    private static Answer byVerdict(Attempt attempt, Knowledge knowledge, long nowMs) {
        Verdict verdict = inForce(attempt.sender(), knowledge, nowMs);
        if (verdict == null || !concerns(verdict, attempt)) {
            return new Answer.Unthrottled();
        }
        if (attempt.passes(nowMs, verdict.admit())) {
            return new Answer.WithinShare(verdict);
        }
        if (!isEnforced(verdict, knowledge)) {
            return new Answer.WouldDefer(verdict);
        }
        return knowledge.isBraked() ? new Answer.Braked(verdict) : new Answer.Throttled(verdict);
    }

    /** By the verdict and by the newest rules: these can only stop what a verdict enforces, so that an operator's word works at once. */
    private static boolean isEnforced(Verdict verdict, Knowledge knowledge) {
        return verdict.mode() == Mode.ENFORCE && !knowledge.isShadowed(verdict.reason());
    }

    private static Answer byOverride(Attempt attempt, OperatorOverride override, long nowMs) {
        boolean passes = override.action() == Verdict.Action.ALLOW || attempt.passes(nowMs, override.admit());
        return passes ? new Answer.Allowed(override) : new Answer.Overridden(override);
    }

    private static @Nullable Verdict inForce(SenderKey sender, Knowledge knowledge, long nowMs) {
        Verdict own = knowledge.verdictOf(sender.text());
        if (own != null && nowMs < own.expiresAtMs()) {
            return own.action() == Verdict.Action.THROTTLE ? own : null;
        }
        Verdict network = knowledge.verdictOf(sender.network());
        boolean holds = network != null
                && nowMs < network.expiresAtMs()
                && network.action() == Verdict.Action.THROTTLE
                && !network.exempt().contains(sender.text());
        return holds ? network : null;
    }

    /** A verdict on bounces holds only bounces; every other one holds all mail. */
    private static boolean concerns(Verdict verdict, Attempt attempt) {
        return attempt.nullSender() || !verdict.reason().equals(Reason.NULL_SENDER_SURGE.id());
    }
}
