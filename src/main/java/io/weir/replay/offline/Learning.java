package io.weir.replay.offline;

import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import io.weir.throttle.RulesException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a past only teaches. A site that starts to learn when its log starts knows nobody on the first day, and figures of a day like
 * that would say no more than what a newcomer may send; a live site learns for {@value #USUAL_DAYS} days before it judges.
 */
public final class Learning {
    /** As long as a new site learns. */
    public static final int USUAL_DAYS = 14;
    /** Of a learnt record only the second largest day vouches, so that fewer days teach nothing. */
    private static final int LEAST_DAYS = 2;

    private static final long DAY_MS = 86_400_000;

    private Learning() {}

    /**
     * The rules to judge a past by: a document's, with every reason enforced that it does not name if the way is what-if, and with the end of
     * learning. That is the given number of days after the beginning; or what the document says if that lies within the past; or the end of
     * its first half, after 14 days at most; or none for a past too short to learn from.
     *
     * @param document rules as they are written, key to value
     * @param days days that only teach; null when nobody said
     * @param firstMs when the past begins
     * @param lastMs when it ends; {@link Long#MAX_VALUE} when nobody knows yet
     * @throws RulesException when the document is no good
     */
    public static Rules rules(
            Map<String, String> document, Way way, @Nullable Integer days, long firstMs, long lastMs) {
        return rulesUntil(document, way, untilMs(Rules.of(document), days, firstMs, lastMs));
    }

    /** The same, with the end of learning given. */
    public static Rules rulesUntil(Map<String, String> document, Way way, long untilMs) {
        Map<String, String> settings = new HashMap<>(way == Way.WHAT_IF ? Setup.asIfEnforced(document) : document);
        settings.put(RuleKey.LEARN_UNTIL.id(), Long.toString(untilMs));
        return Rules.of(settings);
    }

    private static long untilMs(Rules rules, @Nullable Integer days, long firstMs, long lastMs) {
        if (days != null) {
            return days == 0 ? 0 : firstMs + days * DAY_MS;
        }
        if (rules.learnUntilMs() > firstMs && rules.learnUntilMs() < lastMs && lastMs < Long.MAX_VALUE) {
            return rules.learnUntilMs();
        }
        long half = lastMs == Long.MAX_VALUE ? USUAL_DAYS : (lastMs - firstMs) / DAY_MS / 2;
        return half < LEAST_DAYS ? 0 : firstMs + Math.min(USUAL_DAYS, half) * DAY_MS;
    }
}
