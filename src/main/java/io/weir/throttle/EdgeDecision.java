package io.weir.throttle;

import io.weir.model.ClientAddress;
import io.weir.model.Mode;
import io.weir.model.NetworkKey;
import io.weir.model.Networks;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.ConnectorTrace.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The edge's decision, as a function of what it knows and the time. In this order: our own mail is never touched; mail to
 * a role address; an operator's override; the connectors; the brake; the verdicts on the sender and on its networks
 * unless they spare the sender; and when nothing speaks against it, it passes. What has expired is not known. A verdict is enforced only while the
 * newest rules enforce its reason.
 *
 * <p>Of several verdicts each has to let it pass: were it enough that the sender's own did, a newcomer would escape its network's budget by
 * going over its own.
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
        OperatorOverride override = said(attempt, knowledge, sender -> knowledge.overrideOf(sender, nowMs));
        if (override != null) {
            return byOverride(attempt, override, nowMs);
        }
        Answer connected = byConnector(knowledge.connectors().trace(attempt.proof()));
        return connected == null ? byVerdict(attempt, knowledge, nowMs) : connected;
    }

    /** The volume that was announced for the sender and that an operator agreed to, recipients a day; 0 when there is none now. */
    public static long planned(Attempt attempt, Knowledge knowledge, long nowMs) {
        OperatorOverride plan = said(attempt, knowledge, sender -> knowledge.planOf(sender, nowMs));
        return plan == null ? 0 : plan.volume();
    }

    /** What an operator says of an address goes before what is said of its pool. */
    private static @Nullable OperatorOverride said(
            Attempt attempt, Knowledge knowledge, Function<SenderKey, @Nullable OperatorOverride> of) {
        SenderKey sender = attempt.sender();
        ClientAddress client = attempt.proof().client();
        OperatorOverride override = null;
        if (sender.isPool() && client != null) {
            int bits = knowledge.senders().ipv6PrefixLength();
            override = of.apply(ClientAddress.parse(client.text(), bits).sender());
        }
        return override == null ? of.apply(sender) : override;
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
        List<Verdict> throttles = throttles(attempt, knowledge, nowMs);
        Verdict shadow = null;
        Verdict floor = null;
        for (Verdict verdict : throttles) {
            boolean isEnforced = isEnforced(verdict, knowledge);
            if (attempt.passes(nowMs, verdict.admit())) {
                continue;
            }
            if (isWithinFloor(verdict, attempt, isEnforced)) {
                floor = verdict;
            } else if (isEnforced) {
                return knowledge.isBraked() ? new Answer.Braked(verdict) : new Answer.Throttled(verdict);
            } else {
                shadow = shadow == null ? verdict : shadow;
            }
        }
        if (shadow != null) {
            return new Answer.WouldDefer(shadow);
        }
        if (floor != null) {
            return new Answer.WithinFloor(floor);
        }
        return throttles.stream()
                .min(Comparator.comparingDouble(Verdict::admit))
                .<Answer>map(Answer.WithinShare::new)
                .orElseGet(Answer.Unthrottled::new);
    }

    /** In shadow nothing is tried again: there the first attempt stands for the second. */
    private static boolean isWithinFloor(Verdict verdict, Attempt attempt, boolean isEnforced) {
        Waiting waiting = attempt.waiting();
        boolean isTriedAgain = !isEnforced || (waiting != null && !waiting.again());
        return isTriedAgain && attempt.floorUsed() < verdict.floor();
    }

    /**
     * What follows for a further recipient of a transaction that passed within the floor, once the floor is used up.
     */
    public static Answer beyondFloor(Answer.WithinFloor within, Knowledge knowledge) {
        Verdict verdict = within.verdict();
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
        boolean passes = override.action() == OperatorOverride.Action.ALLOW || attempt.passes(nowMs, override.admit());
        return passes ? new Answer.Allowed(override) : new Answer.Overridden(override);
    }

    /** Those that concern the attempt: the sender's own first, then its networks', smallest first. */
    private static List<Verdict> throttles(Attempt attempt, Knowledge knowledge, long nowMs) {
        SenderKey sender = attempt.sender();
        List<Verdict> throttles = List.of();
        Verdict own = knowledge.verdictOf(sender.text());
        if (own != null && holds(own, attempt, nowMs)) {
            throttles = List.of(own);
        }
        for (NetworkKey network : sender.networks()) {
            Verdict verdict = knowledge.verdictOf(network.text());
            if (verdict != null && isOnNewcomers(verdict) && holds(verdict, attempt, nowMs)) {
                throttles = new ArrayList<>(throttles);
                throttles.add(verdict);
            }
        }
        return throttles;
    }

    /** Under other rules a network may be one sender, and have a verdict as such. */
    private static boolean isOnNewcomers(Verdict verdict) {
        return verdict.reason().equals(Reason.NETWORK_NEWCOMERS.id());
    }

    private static boolean holds(Verdict verdict, Attempt attempt, long nowMs) {
        return nowMs < verdict.expiresAtMs()
                && verdict.action() == Verdict.Action.THROTTLE
                && concerns(verdict, attempt)
                && !verdict.exempt().contains(attempt.sender().text());
    }

    /** A verdict on bounces holds only bounces; every other one holds all mail. */
    private static boolean concerns(Verdict verdict, Attempt attempt) {
        return attempt.nullSender() || !verdict.reason().equals(Reason.NULL_SENDER_SURGE.id());
    }
}
