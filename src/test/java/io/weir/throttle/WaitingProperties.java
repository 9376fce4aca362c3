package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * How long deferred mail waits when its sender's fraction stays as it is, under the retry schedules of real servers. The
 * bounds are what a million messages took at most, rounded up.
 */
class WaitingProperties {
    private static final int MESSAGES = 3_000;
    private static final long GAVE_UP = -1;

    /** The worst of many messages. */
    private record Waits(double longestHours, double gaveUp) {}

    @Property(tries = 30)
    void atHalfAllArePromptUnderTheBareRule(@ForAll long seed, @ForAll RetrySchedule schedule) {
        Waits waits = bare(seed, schedule, 0.5);
        assertThat(waits.gaveUp()).isZero();
        assertThat(waits.longestHours())
                .isLessThanOrEqualTo(
                        switch (schedule) {
                            case POSTFIX -> 0.75;
                            case EXIM -> 2;
                            case EXCHANGE -> 0.5;
                        });
    }

    /** Exim's 6 hours are 360 slots, which turn the circle by 0.492: so it sees the same two places again and again. */
    @Property(tries = 30)
    void atATenthExchangeAndPostfixDeliverAndAThirdOfEximsGiveUp(@ForAll long seed, @ForAll RetrySchedule schedule) {
        Waits waits = bare(seed, schedule, 0.1);
        assertThat(waits.gaveUp()).isBetween(0.0, schedule == RetrySchedule.EXIM ? 0.37 : 0);
        assertThat(waits.longestHours())
                .isLessThanOrEqualTo(
                        switch (schedule) {
                            case POSTFIX -> 24;
                            case EXIM -> 96;
                            case EXCHANGE -> 1.75;
                        });
    }

    /** A hundredth is less than the tries there are: about a fifth of Postfix's and Exchange's mail is given up. */
    @Property(tries = 30)
    void atAHundredthNotAllAreInTimeUnderTheBareRule(@ForAll long seed, @ForAll RetrySchedule schedule) {
        assertThat(bare(seed, schedule, 0.01).gaveUp())
                .isLessThanOrEqualTo(
                        switch (schedule) {
                            case POSTFIX -> 0.22;
                            case EXIM -> 0.84;
                            case EXCHANGE -> 0.26;
                        });
    }

    private static Waits bare(long seed, RetrySchedule schedule, double fraction) {
        Random random = new Random(seed);
        long longest = 0;
        int gaveUp = 0;
        for (int i = 0; i < MESSAGES; i++) {
            long waited = waitedMs(random, schedule, fraction);
            longest = Math.max(longest, waited);
            gaveUp += waited == GAVE_UP ? 1 : 0;
        }
        return new Waits((double) longest / Scenario.HOUR_MS, (double) gaveUp / MESSAGES);
    }

    private static long waitedMs(Random random, RetrySchedule schedule, double fraction) {
        long envelope = random.nextLong();
        long arrived = random.nextLong(4_000_000) * Horizon.SLOT_MS + random.nextInt(60_000);
        long now = arrived;
        for (int attempts = 1; !AdmitRule.admits(envelope, now, fraction); attempts++) {
            now = schedule.next(arrived, now, attempts);
            if (now - arrived > schedule.lifetimeMs()) {
                return GAVE_UP;
            }
        }
        return now - arrived;
    }
}
