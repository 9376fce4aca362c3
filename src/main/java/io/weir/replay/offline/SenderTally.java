package io.weir.replay.offline;

import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.replay.offline.Decision.Fate;
import io.weir.throttle.Standing;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What became of one sender's attempts; all counts are recipients. */
public final class SenderTally {
    private final SenderKey sender;
    private final long firstMs;
    private long lastMs;
    private long attempts;
    private @Nullable Held held;

    /** What is kept of senders that met a verdict, which most never do. */
    private static final class Held {
        private long deferred;
        private long deferrals;
        private long wouldDefer;
        private long givenUp;
        private long firstHeldMs = Long.MAX_VALUE;
        private long lastHeldMs;
        private final Delays delays = new Delays();
        private final Set<Standing> standings = EnumSet.noneOf(Standing.class);
        private final Set<String> reasons = new TreeSet<>();
    }

    SenderTally(SenderKey sender, long firstMs) {
        this.sender = sender;
        this.firstMs = firstMs;
    }

    void add(Decision decision) {
        lastMs = Math.max(lastMs, decision.atMs());
        if (!decision.isRetry()) {
            attempts += decision.attempts();
        }
        Verdict verdict = decision.verdict();
        if (verdict == null && !decision.isRetry()) {
            return;
        }
        Held notes = held();
        switch (decision.fate()) {
            case DEFERRED -> {
                notes.deferrals += decision.attempts();
                notes.deferred += decision.isRetry() ? 0 : decision.attempts();
            }
            case WOULD_DEFER -> notes.wouldDefer += decision.attempts();
            case ADMITTED -> {
                if (decision.isRetry()) {
                    notes.delays.add(decision.atMs() - decision.sinceMs(), decision.attempts());
                }
            }
        }
        if (verdict != null && decision.fate() != Fate.ADMITTED) {
            notes.reasons.add(verdict.reason());
            notes.firstHeldMs = Math.min(notes.firstHeldMs, decision.atMs());
            notes.lastHeldMs = Math.max(notes.lastHeldMs, decision.atMs());
            if (decision.standing() != null) {
                notes.standings.add(decision.standing());
            }
        }
    }

    void givenUp(int howMany) {
        held().givenUp += howMany;
    }

    private Held held() {
        Held notes = held == null ? new Held() : held;
        held = notes;
        return notes;
    }

    public SenderKey sender() {
        return sender;
    }

    /** When it was seen first, event time. */
    public long firstMs() {
        return firstMs;
    }

    public long lastMs() {
        return lastMs;
    }

    /** Attempts that edges were asked about, retries apart. */
    public long attempts() {
        return attempts;
    }

    /** Those of them that were deferred. */
    public long deferred() {
        return held == null ? 0 : held.deferred;
    }

    /** Deferrals in all, also of retries. */
    public long deferrals() {
        return held == null ? 0 : held.deferrals;
    }

    /** Attempts that a reason in shadow would have deferred. */
    public long wouldDefer() {
        return held == null ? 0 : held.wouldDefer;
    }

    /** Attempts whose sender gave up. */
    public long givenUp() {
        return held == null ? 0 : held.givenUp;
    }

    /** What was deferred and came in later. */
    public Delays delays() {
        return held == null ? new Delays() : held.delays;
    }

    /** Whether anything of it was deferred, or would have been. */
    public boolean isTouched() {
        return deferrals() + wouldDefer() > 0;
    }

    /** When the first of it was deferred, or would have been; 0 when nothing was. */
    public long firstTouchedMs() {
        return held == null || !isTouched() ? 0 : held.firstHeldMs;
    }

    public long lastTouchedMs() {
        return held == null ? 0 : held.lastHeldMs;
    }

    /** How well it was known when that happened. */
    public Set<Standing> standings() {
        return held == null ? Set.of() : held.standings;
    }

    /** Why, in the order of their names. */
    public Set<String> reasons() {
        return held == null ? Set.of() : held.reasons;
    }
}
