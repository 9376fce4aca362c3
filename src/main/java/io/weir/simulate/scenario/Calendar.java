package io.weir.simulate.scenario;

import io.weir.simulate.Spans;
import java.time.LocalDate;

/**
 * A scenario's time. It begins at midnight (UTC) of a Monday; days count from 0.
 *
 * @param assessedDay the first day whose mail is assessed
 * @param endDay the first day without new mail
 */
public record Calendar(int learningDays, int assessedDay, int endDay) {
    private static final long START_MS = LocalDate.of(2027, 1, 4).toEpochDay() * Spans.DAY_MS;

    public long startMs() {
        return START_MS;
    }

    /** Until then the site learns. */
    public long learntMs() {
        return at(learningDays, 0);
    }

    public long assessedMs() {
        return at(assessedDay, 0);
    }

    public long endMs() {
        return at(endDay, 0);
    }

    public long at(int day, double hour) {
        return START_MS + day * Spans.DAY_MS + (long) (hour * Spans.HOUR_MS);
    }
}
