package io.weir.replay.log;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the stamps of a log's lines ({@link LogStamp}) into times that never go back, unless this machine's clock does.
 *
 * <p>Where stamps lack the year, the first line's is given, or is the latest that does not put the line after the time the file was last
 * written. Every later line is in the year that brings it nearest to the newest time before it: so December is followed by the next January,
 * and a late December line after New Year stays where it belongs.
 *
 * <p>Syslog writes lines in the order it receives them, and clocks are set back. A stamp that lies behind the newest one, by a day at
 * most, is read as the newest: events are then in order, and late by what the clock was off. A stamp further behind is an error in the
 * line: nobody could say which of the two is true. In the hour that a zone repeats in autumn, the second pass is recognised by a step
 * back of more than two minutes: lines of different processes are out of order by less. In the hour that it leaves out in spring there are
 * no stamps; one that is there all the same is read as an hour later.
 *
 * <p>In a log that is followed a stamp that lies in the future, by a day at most, is read as now: Kafka refuses what is of a later time, and a
 * single line would take all that follow it along.
 */
final class LogClock {
    static final Duration MOST_BEHIND = Duration.ofDays(1);
    private static final Duration MOST_AHEAD = Duration.ofDays(1);

    /** Long enough to meet a leap year, for a first line of 29 February. */
    private static final int YEARS_TO_TRY = 9;
    /** How far processes' lines are out of order at most, from a minute's beginning, before it is rather the hour's second pass. */
    private static final long JITTER_MS = 120_000;

    private static final int DAY_MINUTES = 24 * 60;
    private static final long NOTHING_YET = Long.MIN_VALUE;
    private static final int NO_MINUTE = -1;

    private final ZoneId zone;
    private OptionalInt firstYear;
    private final Instant lastWritten;
    private final LongSupplier nowMs;
    private long newestMs = NOTHING_YET;
    private boolean isFirst = true;
    private long linesBehind;
    private long mostBehindMs;
    private long linesAhead;

    /** The minute read last, of which a busy log has thousands of lines: year and month, day and minute of the day, and its time. */
    private int knownMonth;

    private int knownMinute = NO_MINUTE;
    private long knownMs;

    /**
     * @param zone of stamps without one
     * @param firstYear of the first line, when known
     * @param lastWritten when the log was last written; only matters without {@code firstYear}
     */
    LogClock(ZoneId zone, OptionalInt firstYear, Instant lastWritten) {
        this(zone, firstYear, lastWritten, () -> Long.MAX_VALUE);
    }

    /**
     * @param nowMs the time of day, milliseconds since the epoch; {@link Long#MAX_VALUE} where no line can be too late
     */
    LogClock(ZoneId zone, OptionalInt firstYear, Instant lastWritten, LongSupplier nowMs) {
        this.nowMs = nowMs;
        this.zone = zone;
        this.firstYear = firstYear;
        this.lastWritten = lastWritten;
    }

    /**
     * The next stamp is the first of another file, written after the one before.
     *
     * @param year of that stamp, if it has none
     */
    void beginFile(int year) {
        firstYear = OptionalInt.of(year);
        isFirst = true;
        knownMinute = NO_MINUTE;
        linesBehind = 0;
        mostBehindMs = 0;
        linesAhead = 0;
    }

    void save(StateWriter to) throws IOException {
        to.number(newestMs);
    }

    void load(StateReader from) throws IOException {
        newestMs = from.number();
        isFirst = newestMs == NOTHING_YET;
    }

    /** Lines whose stamp lay behind an earlier one's and was read as that. */
    long linesBehind() {
        return linesBehind;
    }

    long mostBehindMs() {
        return mostBehindMs;
    }

    /** Lines whose stamp lay in the future and was read as now. */
    long linesAhead() {
        return linesAhead;
    }

    /** The newest time read so far; 0 before the first. */
    long newestMs() {
        return newestMs == NOTHING_YET ? 0 : newestMs;
    }

    /**
     * Moves on to a time that is known for certain.
     *
     * @param time milliseconds since the epoch
     * @return that time, or the newest before it, or now; at least 0
     */
    long at(long time) throws MalformedLineException {
        if (time < 0) {
            throw new MalformedLineException("its time lies before 1970");
        }
        long now = nowMs.getAsLong();
        if (time - now > MOST_AHEAD.toMillis()) {
            throw new MalformedLineException("its time lies in the future");
        }
        // It is later only when this machine's clock has been set back.
        newestMs = Math.min(newestMs, now);
        linesAhead += time > now ? 1 : 0;
        return passed(Math.min(time, now));
    }

    private long passed(long time) throws MalformedLineException {
        isFirst = false;
        long behind = newestMs - time;
        if (newestMs == NOTHING_YET || behind <= 0) {
            newestMs = time;
            return time;
        }
        if (behind > MOST_BEHIND.toMillis()) {
            throw new MalformedLineException(
                    "its time is " + Duration.ofMillis(behind).toDays() + " days behind an earlier line's");
        }
        linesBehind++;
        mostBehindMs = Math.max(mostBehindMs, behind);
        return newestMs;
    }

    /** Moves on to a time that is not behind. */
    void advance(long time) {
        newestMs = Math.max(newestMs, time);
        isFirst = false;
    }

    /** Moves on to a time of the zone that lacks the year; {@code minute} is of the day, 60 seconds are a leap second. */
    long withoutYear(int month, int day, int minute, int second) throws MalformedLineException {
        if (minute != knownMinute || month * 32 + day != knownMonth) {
            Long time = isFirst ? first(month, day, minute) : nearest(month, day, minute);
            if (time == null) {
                throw noSuchTime();
            }
            know(month * 32 + day, minute, time);
        }
        return at(knownMs + 1000L * Math.min(second, 59));
    }

    /** Moves on to a time of the zone. */
    long local(int year, int month, int day, int minute, int second, int millis) throws MalformedLineException {
        int key = (year * 16 + month) * 32 + day;
        if (minute != knownMinute || key != knownMonth) {
            Long time = timeOf(year, month, day, minute);
            if (time == null) {
                throw noSuchTime();
            }
            know(key, minute, time);
        }
        return at(knownMs + 1000L * Math.min(second, 59) + millis);
    }

    private void know(int month, int minute, long time) {
        knownMonth = month;
        knownMs = time;
        // A minute that comes twice is looked at each time.
        boolean twice = zone.getRules()
                        .getValidOffsets(LocalDateTime.ofInstant(Instant.ofEpochMilli(time), zone))
                        .size()
                > 1;
        knownMinute = twice ? NO_MINUTE : minute;
    }

    private static MalformedLineException noSuchTime() {
        return new MalformedLineException("no such date or time");
    }

    private @Nullable Long first(int month, int day, int minute) {
        if (firstYear.isPresent()) {
            return timeOf(firstYear.getAsInt(), month, day, minute);
        }
        // A day's grace for clocks and zones.
        long latest = lastWritten.plus(Duration.ofDays(1)).toEpochMilli();
        int year = lastWritten.atZone(zone).getYear() + 1;
        for (int i = 0; i < YEARS_TO_TRY; i++) {
            Long time = timeOf(year - i, month, day, minute);
            if (time != null && time <= latest) {
                return time;
            }
        }
        return null;
    }

    private @Nullable Long nearest(int month, int day, int minute) {
        int year = Instant.ofEpochMilli(newestMs).atZone(zone).getYear();
        Long nearest = null;
        for (int candidate = year - 1; candidate <= year + 1; candidate++) {
            Long time = timeOf(candidate, month, day, minute);
            if (time != null && (nearest == null || distance(time) < distance(nearest))) {
                nearest = time;
            }
        }
        return nearest;
    }

    private long distance(long time) {
        return Math.abs(time - newestMs);
    }

    /** Null when there is no such time. */
    private @Nullable Long timeOf(int year, int month, int day, int minute) {
        if (minute >= DAY_MINUTES) {
            return null;
        }
        try {
            LocalDateTime time = LocalDateTime.of(year, month, day, minute / 60, minute % 60);
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
            long earlier = offsets.size() == 1
                    ? time.toInstant(offsets.get(0)).toEpochMilli()
                    : time.atZone(zone).toInstant().toEpochMilli();
            return offsets.size() == 2 && newestMs != NOTHING_YET && earlier < newestMs - JITTER_MS
                    ? Long.valueOf(time.toInstant(offsets.get(1)).toEpochMilli())
                    : Long.valueOf(earlier);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
