package io.weir.throttle;

import java.util.ArrayList;
import java.util.List;

/**
 * The schedule by which a sender that is known to have a given record may grow: what it can send on each coming day
 * without ever being deferred.
 *
 * <p>It follows from the allowance: on a ramp day the day's budget takes the burst, spread over {@value #SPREAD_HOURS}
 * hours or more so that what the day before left in the budget leaks off; short horizons bound the pace. What was sent
 * is the next day's record. A ramp day begins at 01:00 UTC, when the day before closes.
 */
public final class Ramp {
    /** Each day's volume is to be spread over at least so many hours. */
    public static final int SPREAD_HOURS = 8;

    /** Farther ahead nobody plans. */
    public static final int MOST_DAYS = 60;

    private Ramp() {}

    /**
     * One day's advice, recipients.
     *
     * @param day 0 is today
     * @param volume what may be sent within the day, spread
     * @param perHour what may be sent within any hour
     * @param perFiveMinutes what may be sent within any five minutes
     * @param allowance the bound within any 24 hours
     */
    public record Day(int day, long volume, long perHour, long perFiveMinutes, long allowance) {}

    /**
     * The days from today on.
     *
     * @param record the sender's record, {@link PerHorizon#ZERO} for a newcomer
     * @param days how many, at most {@value #MOST_DAYS}
     */
    public static List<Day> of(PerHorizon record, Rules rules, int days) {
        List<Day> ramp = new ArrayList<>();
        PerHorizon known = record;
        for (int day = 0; day < Math.min(days, MOST_DAYS); day++) {
            Day next = day(day, known, rules);
            ramp.add(next);
            known = known.max(earned(next, known, rules.mail()));
        }
        return ramp;
    }

    /** On which day of the ramp a volume is free, or -1 when not within {@value #MOST_DAYS} days. */
    public static int dayFor(long volume, PerHorizon record, Rules rules) {
        for (Day day : of(record, rules, MOST_DAYS)) {
            if (day.volume() >= volume) {
                return day.day();
            }
        }
        return -1;
    }

    private static Day day(int day, PerHorizon record, Rules rules) {
        Allowances allowances = Allowances.of(record, rules.mail(), 0, false);
        long perHour = pace(allowances.hour());
        long perFiveMinutes = pace(allowances.fiveMinutes());
        long volume = Math.min(allowances.day().burst(), perHour * 24);
        return new Day(day, volume, perHour, perFiveMinutes, allowances.day().recipients());
    }

    /** A pace that can be kept up: a full burst needs no more than the refill, and fits twice across a window's edge. */
    private static long pace(Allowance allowance) {
        long refill = allowance.recipients() - allowance.burst();
        return Math.min(allowance.burst(), refill);
    }

    private static PerHorizon earned(Day day, PerHorizon record, Rules.Limits limits) {
        // Who sends evenly over the spread has these windows; who sends in bursts has larger ones.
        long hour = Math.min(day.perHour(), day.volume() / SPREAD_HOURS);
        long fiveMinutes = Math.min(day.perFiveMinutes(), hour / 12);
        PerHorizon most = new PerHorizon(
                grown(Horizon.FIVE_MINUTES, record, limits),
                grown(Horizon.HOUR, record, limits),
                grown(Horizon.DAY, record, limits));
        return new PerHorizon(fiveMinutes, hour, day.volume()).min(most);
    }

    private static long grown(Horizon horizon, PerHorizon record, Rules.Limits limits) {
        return (long) (limits.growth().of(horizon) * Math.max(record.get(horizon), limits.base(horizon)));
    }
}
