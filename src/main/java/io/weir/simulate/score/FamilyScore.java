package io.weir.simulate.score;

import io.weir.simulate.scenario.Family;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * How a family fared over several seeds. Each campaign weighs the same, whatever its size; legitimate messages are counted together.
 *
 * @param drains the largest median wait of a surge as a multiple of what it takes at the pace of the allowance; 0 when none had to wait
 */
record FamilyScore(Family family, Abuse abuse, Good good, double drains) {
    /** Detected is who is throttled within so long, or before so much of it was delivered. */
    private static final long DETECTED_MS = 60_000;

    private static final long DETECTED_RECIPIENTS = 200;

    /**
     * Campaigns.
     *
     * @param campaigns those of which anything came
     * @param deferred share of their recipients that were not delivered, mean
     * @param deliveredPerDay recipients, mean
     * @param detected part of them that were throttled within 60 s or 200 recipients
     * @param leaked recipients delivered before the first deferral, median
     * @param throttledMs from the first attempt to the first deferral, median; {@link Score#NEVER} when most never were
     * @param releaseMs from their end until their sender was held no more, median
     */
    record Abuse(
            int campaigns,
            double deferred,
            double deliveredPerDay,
            double detected,
            long leaked,
            long throttledMs,
            long releaseMs) {}

    /**
     * Messages.
     *
     * @param lost given up by their sender
     * @param medianMs the wait of those that were deferred and then delivered; 0 when there were none
     * @param rampDays median over the seeds
     */
    record Good(long messages, long deferred, long lost, long medianMs, long p99Ms, long mostMs, long rampDays) {
        double deferredShare() {
            return messages == 0 ? 0 : (double) deferred / messages;
        }
    }

    /** @param scores one for each seed */
    static FamilyScore of(Family family, List<Score> scores) {
        return new FamilyScore(
                family,
                abuse(scores),
                good(scores),
                scores.stream().mapToDouble(Score::drain).max().orElse(0));
    }

    private static Abuse abuse(List<Score> scores) {
        int campaigns = (int)
                scores.stream().filter(score -> score.abuse().recipients() > 0).count();
        long throttledMs =
                median(scores, score -> isThrottled(score) ? score.abuse().throttledMs() : Long.MAX_VALUE);
        return new Abuse(
                campaigns,
                mean(scores, score -> score.abuse().deferredShare()),
                mean(scores, score -> score.abuse().deliveredPerDay()),
                mean(scores, score -> isDetected(score) ? 1 : 0),
                median(scores, score -> score.abuse().leaked()),
                throttledMs == Long.MAX_VALUE ? Score.NEVER : throttledMs,
                median(scores, Score::releaseMs));
    }

    private static boolean isThrottled(Score score) {
        return score.abuse().throttledMs() != Score.NEVER;
    }

    private static boolean isDetected(Score score) {
        return isThrottled(score)
                && (score.abuse().throttledMs() <= DETECTED_MS || score.abuse().leaked() <= DETECTED_RECIPIENTS);
    }

    private static Good good(List<Score> scores) {
        Delays delays = Delays.together(
                scores.stream().map(score -> score.good().delays()).toList());
        return new Good(
                sum(scores, score -> score.good().messages()),
                sum(scores, score -> score.good().deferred()),
                sum(scores, score -> score.good().lost()),
                delays.quantile(0.5),
                delays.quantile(0.99),
                delays.quantile(1),
                median(scores, Score::rampDays));
    }

    boolean isAbusive() {
        return abuse.campaigns > 0;
    }

    boolean hasGood() {
        return good.messages > 0;
    }

    private static long sum(List<Score> scores, ToLongFunction<Score> number) {
        return scores.stream().mapToLong(number).sum();
    }

    private static double mean(List<Score> scores, ToDoubleFunction<Score> number) {
        return scores.stream().mapToDouble(number).average().orElse(0);
    }

    private static long median(List<Score> scores, ToLongFunction<Score> number) {
        long[] all = scores.stream().mapToLong(number).toArray();
        Arrays.sort(all);
        return all[all.length / 2];
    }
}
