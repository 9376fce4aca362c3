package io.weir.demo;

import io.weir.model.Mode;
import io.weir.model.Verdict;

/**
 * One throttle of one client, from its first verdict to its end.
 *
 * @param first the verdict that began it
 * @param toMs when it ended; event time
 * @param end how
 * @param during what edges answered in that time
 */
public record Episode(Verdict first, long toMs, End end, Tally.Counts during) {
    /** How a throttle ends. */
    public enum End {
        /** By the engine's verdict. */
        RELEASED,
        /** By the time that was set to it, since no more events came. */
        EXPIRED
    }

    public long fromMs() {
        return first.decidedAtMs();
    }

    /** Whether mail was deferred, and not only counted. */
    public boolean enforced() {
        return first.mode() == Mode.ENFORCE;
    }
}
