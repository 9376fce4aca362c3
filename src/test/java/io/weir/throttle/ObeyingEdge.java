package io.weir.throttle;

import io.weir.model.ClientAddress;
import io.weir.model.Mode;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An edge in front of a {@link Scenario}: it lets pass what the verdicts say and reports what it did, so that the loop
 * from verdict to traffic to verdict is closed.
 */
final class ObeyingEdge {
    /**
     * One event as it passed by.
     *
     * @param admitted recipients let through
     * @param unaware those of them that passed since the edge did not know the verdict yet that would defer them
     */
    record Passed(long atMs, long attempts, long admitted, long unaware) {}

    private static final SenderKey SENDER = ClientAddress.parse("203.0.113.7").sender();

    private final Scenario site;
    private final long delayMs;
    private final Deque<Verdict> onTheWay = new ArrayDeque<>();
    private final List<Passed> log = new ArrayList<>();
    private final EnvelopeMemory memory = new EnvelopeMemory(200_000, 5 * 24 * Scenario.HOUR_MS);
    private Verdict known;

    /** @param delayMs how long a verdict takes to the edge */
    ObeyingEdge(Scenario site, long delayMs) {
        this.site = site;
        this.delayMs = delayMs;
    }

    /** A transaction at the scenario's time. Returns whether it was admitted. */
    boolean attempt(long envelope, int recipients, boolean retry) {
        long now = site.now();
        while (!onTheWay.isEmpty() && onTheWay.peek().decidedAtMs() + delayMs <= now) {
            known = onTheWay.remove();
        }
        boolean throttled = known != null
                && known.action() == Verdict.Action.THROTTLE
                && known.mode() == Mode.ENFORCE
                && now < known.expiresAtMs();
        Attempt attempt = new Attempt(SENDER, false, false, envelope, memory.waiting(SENDER, envelope, now), 0);
        boolean admit = !throttled || attempt.passes(now, known.admit());
        memory.answered(SENDER, envelope, answer(admit, throttled), now);
        Mail mail = new Mail(admit ? Outcome.ADMITTED : Outcome.DEFERRED, recipients, retry ? recipients : 0, 0, false);
        onTheWay.addAll(site.sends(mail));
        boolean unaware = admit && !passes(site.state().inForce(), attempt, now);
        log.add(new Passed(now, recipients, admit ? recipients : 0, unaware ? recipients : 0));
        return admit;
    }

    private Answer answer(boolean admit, boolean throttled) {
        if (!throttled) {
            return new Answer.Unthrottled();
        }
        return admit ? new Answer.WithinShare(known) : new Answer.Throttled(known);
    }

    /** Whether an edge that knew the engine's verdict at once would let it pass. */
    private static boolean passes(InForce due, Attempt attempt, long now) {
        return due == null || !due.holds(now) || attempt.passes(now, (double) due.admitMicros() / Candidate.ALL);
    }

    List<Passed> log() {
        return log;
    }
}
