package io.weir.simulate.scenario;

import io.weir.simulate.Dice;
import io.weir.simulate.RetrySchedule;
import java.util.function.LongToIntFunction;

/**
 * How an actor's mail goes about.
 *
 * @param nullSender whether it is bounces
 * @param rejectedPercent share of messages whose recipients do not exist here
 * @param recipients how many a message has, by its number
 */
record Habits(RetrySchedule retries, boolean nullSender, int rejectedPercent, LongToIntFunction recipients) {
    private static final int MOST_RECIPIENTS = 50;

    /** One recipient each, all of which exist. */
    static Habits of(RetrySchedule retries) {
        return new Habits(retries, false, 0, serial -> 1);
    }

    /** So many on the average, geometric. */
    Habits withRecipients(double mean, long seed) {
        return new Habits(
                retries,
                nullSender,
                rejectedPercent,
                serial -> Math.min(MOST_RECIPIENTS, Dice.geometric(Dice.at(seed, serial), mean)));
    }

    /** Exactly so many. */
    Habits inChunksOf(int chunk) {
        return new Habits(retries, nullSender, rejectedPercent, serial -> chunk);
    }

    Habits withRejected(int percent) {
        return new Habits(retries, nullSender, percent, recipients);
    }

    Habits asBounces() {
        return new Habits(retries, true, rejectedPercent, recipients);
    }
}
