package io.weir.simulate.score;

import io.weir.simulate.scenario.Family;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * How a family fared over several seeds. Each campaign weighs the same, whatever its size; legitimate messages are counted together.
 *
 * @param scores one for each seed
 */
record FamilyScore(Family family, List<Score> scores) {
    FamilyScore {
        scores = List.copyOf(scores);
    }

    boolean isAbusive() {
        return scores.stream().anyMatch(score -> score.abuse().recipients() > 0);
    }

    boolean hasGood() {
        return messages() > 0;
    }

    /** Share of abusive recipients that were not delivered. */
    double abuseDeferred() {
        return mean(score -> score.abuse().deferredShare());
    }

    double abuseDeliveredPerDay() {
        return mean(score -> score.abuse().deliveredPerDay());
    }

    /** Median; some campaigns may be never throttled. */
    long throttledMs() {
        long[] times = sorted(score -> score.abuse().throttledMs() == Score.NEVER
                ? Long.MAX_VALUE
                : score.abuse().throttledMs());
        long median = times[times.length / 2];
        return median == Long.MAX_VALUE ? Score.NEVER : median;
    }

    /** Median. */
    long leaked() {
        long[] all = sorted(score -> score.abuse().leaked());
        return all[all.length / 2];
    }

    /** Part of the campaigns that were throttled within so long or after so many recipients. */
    double detected(long withinMs, long recipients) {
        return mean(score -> {
            Score.Abuse abuse = score.abuse();
            boolean inTime = abuse.throttledMs() != Score.NEVER && abuse.throttledMs() <= withinMs;
            return inTime || (abuse.throttledMs() != Score.NEVER && abuse.leaked() <= recipients) ? 1 : 0;
        });
    }

    long messages() {
        return scores.stream().mapToLong(score -> score.good().messages()).sum();
    }

    /** Share of legitimate messages that were deferred. */
    double goodDeferred() {
        long deferred =
                scores.stream().mapToLong(score -> score.good().deferred()).sum();
        return messages() == 0 ? 0 : (double) deferred / messages();
    }

    long lost() {
        return scores.stream().mapToLong(score -> score.good().lost()).sum();
    }

    Delays delays() {
        return Delays.together(
                scores.stream().map(score -> score.good().delays()).toList());
    }

    /** Median. */
    long releaseMs() {
        long[] all = sorted(Score::releaseMs);
        return all[all.length / 2];
    }

    /** Median. */
    long rampDays() {
        long[] all = sorted(Score::rampDays);
        return all[all.length / 2];
    }

    /** The largest median wait of a surge as a multiple of what it takes at the pace of the allowance; 0 when none had to wait. */
    double mostDrains() {
        return scores.stream().mapToDouble(Score::drain).max().orElse(0);
    }

    private double mean(ToDoubleFunction<Score> number) {
        return scores.stream().mapToDouble(number).average().orElse(0);
    }

    private long[] sorted(ToLongFunction<Score> number) {
        long[] all = scores.stream().mapToLong(number).toArray();
        Arrays.sort(all);
        return all;
    }
}
