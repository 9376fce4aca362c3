package io.weir.replay.suggest;

import io.weir.replay.offline.SenderTally;
import io.weir.replay.offline.Tally;
import io.weir.replay.suggest.Study.Fate;
import java.util.function.Predicate;

/** What came of rules that were tried on the past. */
public record Trial(Draft draft, Tally tally) {
    /** Known senders shall meet no more than this share of deferrals, if a larger growth can help it. */
    static final double HARMLESS = 0.001;

    /**
     * Recipients of some senders.
     *
     * @param deferred at their first try
     */
    record Part(long attempts, long deferred) {
        double share() {
            return attempts == 0 ? 0 : (double) deferred / attempts;
        }
    }

    Part of(Predicate<SenderTally> whose) {
        long attempts = 0;
        long deferred = 0;
        for (SenderTally one : tally.senders()) {
            if (whose.test(one)) {
                attempts += one.attempts();
                deferred += one.deferred();
            }
        }
        return new Part(attempts, deferred);
    }

    Part of(Study study, Fate fate) {
        return of(one -> study.fate(one.sender()) == fate);
    }

    /** Recipients of a network's addresses, or of the pool that they are. */
    Part of(Block block) {
        return of(one -> one.sender().network().equals(block.network())
                || block.name().equals(one.sender().poolName()));
    }

    /** Whether established and clean senders are hardly touched. */
    public boolean isHarmless(Study study) {
        return of(study, Fate.KNOWN).share() <= HARMLESS;
    }
}
