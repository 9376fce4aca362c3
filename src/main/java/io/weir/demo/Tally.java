package io.weir.demo;

import io.weir.simulate.Ledger;
import io.weir.simulate.Mail;
import io.weir.simulate.Reply;
import java.util.List;

/** What the edges answered to one stream. All counts are recipients; every message of the demo has one. */
public final class Tally implements Ledger {
    private long messages;
    private long attempts;
    private long admitted;
    private long retries;
    private long messagesDeferred;
    private long longestDelayMs;
    private long lost;

    /** What it comes to at one moment. */
    public record Counts(
            long messages,
            long attempts,
            long admitted,
            long retries,
            long messagesDeferred,
            long longestDelayMs,
            long lost) {
        /** Attempts answered 451. */
        public long deferrals() {
            return attempts - admitted;
        }

        /** Deferred and neither delivered, given up nor deleted yet. */
        public long waiting() {
            return messages - admitted - lost;
        }

        /** Messages that were not admitted, of all. */
        public double shareNotAdmitted() {
            return messages == 0 ? 0 : (double) (messages - admitted) / messages;
        }

        Counts since(Counts earlier) {
            return new Counts(
                    messages - earlier.messages,
                    attempts - earlier.attempts,
                    admitted - earlier.admitted,
                    retries - earlier.retries,
                    messagesDeferred - earlier.messagesDeferred,
                    messagesDeferred == earlier.messagesDeferred ? 0 : longestDelayMs,
                    lost - earlier.lost);
        }

        Counts plus(Counts other) {
            return new Counts(
                    messages + other.messages,
                    attempts + other.attempts,
                    admitted + other.admitted,
                    retries + other.retries,
                    messagesDeferred + other.messagesDeferred,
                    Math.max(longestDelayMs, other.longestDelayMs),
                    lost + other.lost);
        }
    }

    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    static Counts sum(List<MailStream> streams) {
        Counts sum = NONE;
        for (MailStream stream : streams) {
            sum = sum.plus(stream.tally().counts());
        }
        return sum;
    }

    @Override
    public void answered(Mail mail, Reply reply) {
        answered(mail.tries() + 1, reply == Reply.DEFERRED, mail.waitedMs());
    }

    /**
     * Counts one answer.
     *
     * @param tries which attempt of its message it was, from 1
     * @param delayMs time since the first
     */
    void answered(int tries, boolean deferred, long delayMs) {
        attempts++;
        if (tries == 1) {
            messages++;
            messagesDeferred += deferred ? 1 : 0;
        } else {
            retries++;
        }
        if (!deferred) {
            admitted++;
            longestDelayMs = Math.max(longestDelayMs, delayMs);
        }
    }

    @Override
    public void lost(Mail mail) {
        lost++;
    }

    Counts counts() {
        return new Counts(messages, attempts, admitted, retries, messagesDeferred, longestDelayMs, lost);
    }
}
