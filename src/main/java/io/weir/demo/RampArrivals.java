package io.weir.demo;

import io.weir.simulate.Arrivals;
import io.weir.throttle.Ramp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A newcomer that reads the advice each morning and sends what it says, evenly over the day. */
final class RampArrivals implements Arrivals {
    /** From 08:00 to 20:00; the advice asks for eight hours at least. */
    static final int FIRST_HOUR = 8;

    static final int HOURS = 12;

    private final List<Arrivals> days = new ArrayList<>();

    /** @param morningMs 08:00 of the day */
    void follow(Ramp.Day advice, long morningMs) {
        long perHour = Math.min(advice.perHour(), advice.volume() / HOURS);
        days.add(Arrivals.steady(morningMs, morningMs + HOURS * DemoCalendar.HOUR_MS, perHour / 60.0));
    }

    @Override
    public long[] between(long fromMs, long toMs) {
        return days.stream()
                .flatMapToLong(day -> Arrays.stream(day.between(fromMs, toMs)))
                .toArray();
    }
}
