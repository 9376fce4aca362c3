package io.weir.simulate.score;

import io.weir.simulate.Spans;
import io.weir.simulate.defence.Defence;
import io.weir.simulate.scenario.Actor;
import io.weir.simulate.scenario.Family;
import io.weir.simulate.scenario.Fates;
import io.weir.simulate.scenario.Scenario;
import io.weir.simulate.scenario.Surge;
import io.weir.simulate.scenario.Truth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one scenario fared.
 *
 * @param abuse what became of the abusive mail
 * @param good what became of the legitimate mail
 * @param releaseMs from the campaign's end until its sender was held no more; 0 when it was not, or nobody can tell
 * @param rampDays from the first message to the end of the last day on which one was deferred
 * @param drain a surge's median wait as a multiple of what it takes at the pace of its sender's allowance; 0 when nothing had to wait
 */
record Score(Family family, long seed, Abuse abuse, Good good, long releaseMs, int rampDays, double drain) {
    /** A time that never came. */
    static final long NEVER = -1;

    /**
     * Recipients that exist here.
     *
     * @param leaked delivered before the first of them was deferred
     * @param throttledMs from the first attempt to the first deferral, or {@link #NEVER}; of several senders the median
     * @param days how long the campaign was, at least one
     */
    record Abuse(long recipients, long delivered, long leaked, long throttledMs, double days) {
        /** The part of them that were not delivered. */
        double deferredShare() {
            return recipients == 0 ? 0 : 1 - (double) delivered / recipients;
        }

        double deliveredPerDay() {
            return delivered / days;
        }
    }

    /**
     * Messages.
     *
     * @param lost given up by their sender
     */
    record Good(long messages, long deferred, long lost, Delays delays) {
        Good withoutDelays() {
            return new Good(messages, deferred, lost, Delays.NONE);
        }
    }

    /** What is needed to compare. */
    Score withoutDelays() {
        return new Score(family, seed, abuse, good.withoutDelays(), releaseMs, rampDays, drain);
    }

    static Score of(Scenario scenario, long drainMs, Defence defence) {
        List<Actor> abusers = scenario.of(Truth.ABUSIVE);
        long releaseMs = 0;
        for (Actor abuser : abusers) {
            long heldMs = defence.heldUntilMs(abuser.origin().of(0, 0).sender());
            releaseMs = Math.max(releaseMs, heldMs - scenario.campaignEndMs());
        }
        List<Fates> good = fates(scenario.of(Truth.LEGITIMATE));
        return new Score(
                scenario.family(),
                scenario.seed(),
                abuse(scenario, fates(abusers)),
                new Good(
                        good.stream().mapToLong(Fates::messages).sum(),
                        good.stream().mapToLong(Fates::messagesDeferred).sum(),
                        good.stream().mapToLong(Fates::messagesLost).sum(),
                        Delays.of(good)),
                releaseMs,
                rampDays(good),
                drain(scenario.surge(), drainMs));
    }

    private static double drain(@Nullable Surge surge, long drainMs) {
        return surge == null || drainMs <= 0
                ? 0
                : (double) Delays.of(List.of(surge.fates())).medianOfAll() / drainMs;
    }

    private static List<Fates> fates(List<Actor> actors) {
        return actors.stream().map(Actor::fates).toList();
    }

    private static Abuse abuse(Scenario scenario, List<Fates> abuse) {
        long[] throttled = abuse.stream()
                .filter(fates -> fates.firstDeferralMs() != Fates.NEVER)
                .mapToLong(fates -> fates.firstDeferralMs() - fates.firstMs())
                .sorted()
                .toArray();
        long active =
                abuse.stream().filter(fates -> fates.firstMs() != Fates.NEVER).count();
        // Of several senders half must have been throttled for there to be a median.
        boolean half = throttled.length > 0 && 2L * throttled.length >= active;
        return new Abuse(
                abuse.stream().mapToLong(Fates::recipients).sum(),
                abuse.stream().mapToLong(Fates::recipientsDelivered).sum(),
                abuse.stream().mapToLong(Fates::leaked).sum(),
                half ? throttled[(int) Math.min(throttled.length - 1.0, active / 2)] : NEVER,
                scenario.campaignDays());
    }

    private static int rampDays(List<Fates> good) {
        long days = 0;
        for (Fates fates : good) {
            if (fates.lastDeferralMs() != Fates.NEVER) {
                days = Math.max(days, (fates.lastDeferralMs() - fates.firstMs()) / Spans.DAY_MS + 1);
            }
        }
        return (int) days;
    }
}
