package io.weir.throttle;

import io.weir.model.ClientAddress;
import io.weir.model.NetworkKey;
import io.weir.model.OperatorOverride;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An edge in front of a {@link Scenario} for any number of clients: it decides by {@link EdgeDecision} with the verdicts that have reached it, and
 * reports what it did.
 */
final class SiteEdge implements Knowledge {
    private final Scenario site;
    private final long delayMs;
    private final Deque<Verdict> onTheWay = new ArrayDeque<>();
    private final Map<String, Verdict> known = new HashMap<>();
    private final Set<String> published = new HashSet<>();
    private final EnvelopeMemory memory = new EnvelopeMemory(200_000, 5 * 24 * Scenario.HOUR_MS);

    /** @param delayMs how long a verdict takes to the edge */
    SiteEdge(Scenario site, long delayMs) {
        this.site = site;
        this.delayMs = delayMs;
    }

    /** A transaction of a client at the scenario's time. */
    Answer attempt(String address, long envelope, int recipients) {
        long now = site.now();
        while (!onTheWay.isEmpty() && onTheWay.peek().decidedAtMs() + delayMs <= now) {
            Verdict verdict = onTheWay.remove();
            known.put(verdict.client(), verdict);
        }
        SenderKey sender = ClientAddress.parse(address).sender();
        Waiting waiting = memory.waiting(sender, envelope, now);
        Attempt attempt = new Attempt(sender, false, false, envelope, waiting, memory.floorUsed(sender, now));
        Answer answer = EdgeDecision.decide(attempt, this, now);
        memory.answered(sender, envelope, answer, now);
        for (int i = 1; i < recipients && answer instanceof Answer.WithinFloor; i++) {
            memory.useFloor(sender, now);
        }
        Mail mail = new Mail(
                answer.defers() ? Outcome.DEFERRED : Outcome.ADMITTED,
                recipients,
                waiting != null ? recipients : 0,
                answer instanceof Answer.WouldDefer ? recipients : 0,
                false);
        List<Verdict> brought = site.client(address).sends(mail);
        brought.forEach(verdict -> published.add(verdict.client()));
        onTheWay.addAll(brought);
        return answer;
    }

    /** Whom any verdict was on so far. */
    Set<String> published() {
        return published;
    }

    boolean isThrottled(NetworkKey network) {
        Verdict verdict = known.get(network.text());
        return verdict != null && verdict.action() == Verdict.Action.THROTTLE && site.now() < verdict.expiresAtMs();
    }

    @Override
    public @Nullable OperatorOverride overrideOf(SenderKey sender) {
        return null;
    }

    @Override
    public @Nullable Verdict verdictOf(String client) {
        return known.get(client);
    }
}
