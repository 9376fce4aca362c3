package io.weir.throttle;

import io.weir.model.Mode;
import io.weir.model.Outcome;
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

    private final Scenario site;
    private final long delayMs;
    private final Deque<Verdict> onTheWay = new ArrayDeque<>();
    private final List<Passed> log = new ArrayList<>();
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
        boolean admit = !throttled || AdmitRule.admits(envelope, now, known.admit());
        Mail mail = new Mail(admit ? Outcome.ADMITTED : Outcome.DEFERRED, recipients, retry ? recipients : 0, 0, false);
        onTheWay.addAll(site.sends(mail));
        boolean unaware = admit && !passes(site.state().inForce(), envelope, now);
        log.add(new Passed(now, recipients, admit ? recipients : 0, unaware ? recipients : 0));
        return admit;
    }

    /** Whether an edge that knew the engine's verdict at once would let it pass. */
    private static boolean passes(InForce due, long envelope, long now) {
        return due == null
                || !due.holds(now)
                || AdmitRule.admits(envelope, now, (double) due.admitMicros() / Candidate.ALL);
    }

    List<Passed> log() {
        return log;
    }
}
