package io.weir.replay.offline;

import io.weir.model.Mode;
import io.weir.throttle.Reason;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the past is judged.
 *
 * @param way how it is taken
 * @param siteSecret what case ids and edges' lots follow from; at least 16 bytes
 * @param partitions engines, each with a partition's events
 * @param rules to judge by from the beginning on, instead of those that are recorded; null for the recorded ones
 * @param verdictDelay from a verdict to the moment when edges know it
 * @param retries what senders do with what is deferred on the what-if way
 * @param byEdges whether the past was recorded by edges of ours: then what is recorded as deferred was deferred by a verdict, faces the
 *     verdicts of this replay, and has its retries in the record
 */
public record Setup(
        Way way,
        byte[] siteSecret,
        int partitions,
        @Nullable Rules rules,
        Duration verdictDelay,
        RetryModel retries,
        boolean byEdges) {
    public static final Duration USUAL_DELAY = Duration.ofSeconds(1);

    public Setup {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, got " + partitions);
        }
        if (verdictDelay.isNegative()) {
            throw new IllegalArgumentException("the verdict delay must not be negative, got " + verdictDelay);
        }
    }

    /** A log of other servers, in one partition. */
    public static Setup of(Way way, byte[] siteSecret, Rules rules, RetryModel retries) {
        return new Setup(way, siteSecret, 1, rules, USUAL_DELAY, retries, false);
    }

    public Setup withRules(Rules others) {
        return new Setup(way, siteSecret, partitions, others, verdictDelay, retries, byEdges);
    }

    /**
     * These settings with every reason enforced that they do not name: a site in shadow wants to know what enforcing would do.
     *
     * @param document rules as they are written, key to value
     */
    public static Map<String, String> asIfEnforced(Map<String, String> document) {
        Map<String, String> enforced = new HashMap<>(document);
        for (Reason reason : Reason.values()) {
            enforced.putIfAbsent(RuleKey.MODE_PREFIX + reason.id(), Mode.ENFORCE.label());
        }
        return enforced;
    }
}
