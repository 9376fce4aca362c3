package io.weir.simulate;

/** How much a sender means to send, on the average, hour by hour. */
@FunctionalInterface
public interface Rhythm {
    /**
     * @param day days since a Monday
     * @param hour 0 to 23, UTC
     * @return recipients
     */
    double perHour(int day, int hour);

    /** An office: Monday to Friday, with a morning, a lunch and an afternoon; next to nothing at the weekend. */
    static Rhythm business(double perDay) {
        double[] shape = {0, 0, 0, 0, 0, 0, 1, 4, 10, 13, 13, 11, 7, 10, 12, 10, 6, 2, 1, 0, 0, 0, 0, 0};
        return (day, hour) -> perDay * shape[hour] / 100 * (isWeekend(day) ? 0.06 : 1);
    }

    /** People at home and at work: awake from morning to night, fewer of them writing at the weekend. */
    static Rhythm mailboxProvider(double perDay) {
        return (day, hour) -> perDay
                / 24
                * (1 - 0.75 * StrictMath.cos((hour - 2.5) / 24 * 2 * Math.PI))
                * (isWeekend(day) ? 0.65 : 1);
    }

    /** Machines: receipts, alarms, confirmations around the clock. */
    static Rhythm transactional(double perDay) {
        return (day, hour) ->
                perDay / 24 * (1 - 0.3 * StrictMath.cos((hour - 3) / 24.0 * 2 * Math.PI)) * (isWeekend(day) ? 0.8 : 1);
    }

    /** One issue a week, sent evenly over two hours. */
    static Rhythm weekly(double volume, int weekday, int firstHour) {
        return (day, hour) -> day % 7 == weekday && (hour == firstHour || hour == firstHour + 1) ? volume / 2 : 0;
    }

    /** Once in four weeks a run over two days, three hours each. */
    static Rhythm invoices(double perDay, int firstDay) {
        return (day, hour) ->
                (day % 28 == firstDay || day % 28 == firstDay + 1) && hour >= 6 && hour < 9 ? perDay / 3 : 0;
    }

    /** Now and then, by day. */
    static Rhythm occasional(double perDay) {
        return (day, hour) -> hour >= 7 && hour < 22 ? perDay / 15 : 0;
    }

    /** A single morning of a few messages, and never again. */
    static Rhythm once(int onDay, int atHour, double volume) {
        return (day, hour) -> day == onDay && hour == atHour ? volume : 0;
    }

    /** One run a month, spread evenly over some hours of some days. */
    static Rhythm monthly(double volume, int everyDays, int firstDay, int days, int firstHour, int hours) {
        return (day, hour) ->
                Math.floorMod(day - firstDay, everyDays) < days && hour >= firstHour && hour < firstHour + hours
                        ? volume / days / hours
                        : 0;
    }

    /** The same that much more, day by day. */
    default Rhythm growing(double perDay) {
        return (day, hour) -> perHour(day, hour) * StrictMath.pow(1 + perDay, day);
    }

    /** The same from one day on and before another. */
    default Rhythm between(int fromDay, int toDay) {
        return (day, hour) -> day >= fromDay && day < toDay ? perHour(day, hour) : 0;
    }

    /** The same by so much. */
    default Rhythm times(double factor) {
        return (day, hour) -> perHour(day, hour) * factor;
    }

    private static boolean isWeekend(int day) {
        return day % 7 >= 5;
    }
}
