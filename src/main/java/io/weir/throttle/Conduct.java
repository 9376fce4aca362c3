package io.weir.throttle;

import org.jspecify.annotations.Nullable;

/**
 * How a sender's mail of today and yesterday fared, recipients.
 *
 * @param day days since the epoch
 */
public record Conduct(long day, Counts today, Counts yesterday) {
    static Conduct begin(long day) {
        return new Conduct(day, Counts.NONE, Counts.NONE);
    }

    /** One day's counts. */
    public record Counts(long attempts, long rejected, long admitted, long spam) {
        public static final Counts NONE = new Counts(0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    attempts + other.attempts, rejected + other.rejected, admitted + other.admitted, spam + other.spam);
        }
    }

    Conduct rollTo(long newDay) {
        if (newDay <= day) {
            return this;
        }
        return new Conduct(newDay, Counts.NONE, newDay == day + 1 ? today : Counts.NONE);
    }

    /** Adds to the day {@code at}; days before yesterday are past judging. */
    Conduct add(long at, Counts more) {
        if (at >= day) {
            return new Conduct(day, today.plus(more), yesterday);
        }
        return at == day - 1 ? new Conduct(day, today, yesterday.plus(more)) : this;
    }

    /** The reason to hold the sender to the floor, or null when its conduct is good or too little is known. */
    @Nullable
    Reason fault(Rules.ConductLimits limits) {
        long admitted = today.admitted + yesterday.admitted;
        long spam = today.spam + yesterday.spam;
        if (admitted >= limits.spamSamples() && spam >= limits.spamShare() * admitted) {
            return Reason.SPAM_SHARE;
        }
        long attempts = today.attempts + yesterday.attempts;
        long rejected = today.rejected + yesterday.rejected;
        if (attempts >= limits.rejectedSamples() && rejected >= limits.rejectedShare() * attempts) {
            return Reason.REJECTED_SHARE;
        }
        return null;
    }
}
