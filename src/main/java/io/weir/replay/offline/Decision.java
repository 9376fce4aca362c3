package io.weir.replay.offline;

import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.Standing;
import org.jspecify.annotations.Nullable;

/**
 * What an edge answers to the attempts of one transaction, which share one answer.
 *
 * @param atMs when it was tried, milliseconds since the epoch
 * @param edge where it was tried
 * @param client text of the client's address
 * @param attempts recipients, at least 1
 * @param verdict what the answer follows from, or null when nothing was in force against the sender
 * @param standing how well the sender was known then; null without a verdict
 * @param sinceMs when the transaction was tried first: {@code atMs} unless this is a retry
 */
public record Decision(
        long atMs,
        String edge,
        String client,
        SenderKey sender,
        int attempts,
        Fate fate,
        @Nullable Verdict verdict,
        @Nullable Standing standing,
        long sinceMs) {
    /** What becomes of attempts. */
    public enum Fate {
        ADMITTED("admitted"),
        DEFERRED("deferred"),
        /** Admitted, since the verdict's reason is in shadow. */
        WOULD_DEFER("would-defer");

        private final String label;

        Fate(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** The same with another fate. */
    public Decision with(Fate other) {
        return new Decision(atMs, edge, client, sender, attempts, other, verdict, standing, sinceMs);
    }

    /** Whether it was tried before. */
    public boolean isRetry() {
        return sinceMs < atMs;
    }

    /** The share of the sender's attempts that passed then; 1 when nothing was in force. */
    public double fraction() {
        return verdict == null ? 1 : verdict.admit();
    }
}
