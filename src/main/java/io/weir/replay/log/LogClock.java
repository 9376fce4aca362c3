package io.weir.replay.log;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the stamps of a log's lines into times that never go back.
 *
 * <p>Two forms are read: {@code Oct 22 02:12:45}, which lacks year and zone, and RFC 3339. The first line's year is given, or is the
 * latest that does not put the line after the time the file was last written. Every later line is in the year that brings it nearest to
 * the newest time before it: so December is followed by the next January, and a late December line after New Year stays where it belongs.
 *
 * <p>Syslog writes lines in the order it receives them, and clocks are set back. A stamp that lies behind the newest one, by a day at
 * most, is read as the newest: events are then in order, and late by what the clock was off. A stamp further behind is an error in the
 * line: nobody could say which of the two is true. In the hour that a zone repeats in autumn, the second pass is recognised by the step
 * back.
 */
final class LogClock {
    static final Duration MOST_BEHIND = Duration.ofDays(1);

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    /** Long enough to meet a leap year, for a first line of 29 February. */
    private static final int YEARS_TO_TRY = 9;

    private static final long NOTHING_YET = Long.MIN_VALUE;

    private final ZoneId zone;
    private OptionalInt firstYear;
    private final Instant lastWritten;
    private final LongSupplier latestMs;
    private long newestMs = NOTHING_YET;
    private boolean isFirst = true;
    private long linesBehind;
    private long mostBehindMs;

    /**
     * @param zone of stamps without one
     * @param firstYear of the first line, when known
     * @param lastWritten when the log was last written; only matters without {@code firstYear}
     */
    LogClock(ZoneId zone, OptionalInt firstYear, Instant lastWritten) {
        this(zone, firstYear, lastWritten, () -> Long.MAX_VALUE);
    }

    /**
     * @param latestMs a stamp beyond it is an error in its line: taken for true, it would put everything after it too far behind
     */
    LogClock(ZoneId zone, OptionalInt firstYear, Instant lastWritten, LongSupplier latestMs) {
        this.latestMs = latestMs;
        this.zone = zone;
        this.firstYear = firstYear;
        this.lastWritten = lastWritten;
    }

    /** The stamp's end in the line, exclusive. */
    static int stampEnd(String line) throws MalformedLineException {
        if (line.isEmpty()) {
            throw new MalformedLineException("empty");
        }
        if (Character.isDigit(line.charAt(0))) {
            return line.indexOf(' ') < 0 ? line.length() : line.indexOf(' ');
        }
        // "Oct 22 02:12:45", "Oct  2 02:12:45" and, from some, "Oct 2 02:12:45".
        int colon = line.indexOf(':');
        int end = colon + 6;
        if (colon < 8 || colon > 9 || end > line.length()) {
            throw new MalformedLineException("no time stamp");
        }
        return end;
    }

    /** Milliseconds since the epoch, at or after every time before. */
    long read(String stamp) throws MalformedLineException {
        long time = Character.isDigit(stamp.charAt(0)) ? rfc3339(stamp) : withoutYear(stamp);
        if (time > latestMs.getAsLong()) {
            throw new MalformedLineException("its time lies in the future");
        }
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

    /**
     * The next stamp is the first of another file, written after the one before.
     *
     * @param year of that stamp, if it has none
     */
    void beginFile(int year) {
        firstYear = OptionalInt.of(year);
        isFirst = true;
        linesBehind = 0;
        mostBehindMs = 0;
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

    private static long rfc3339(String stamp) throws MalformedLineException {
        try {
            long time = OffsetDateTime.parse(stamp).toInstant().toEpochMilli();
            if (time < 0) {
                throw new MalformedLineException("its time lies before 1970");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw new MalformedLineException("no time stamp");
        }
    }

    private long withoutYear(String stamp) throws MalformedLineException {
        int month = MONTHS.indexOf(stamp.substring(0, 3));
        if (month < 0 || month % 3 != 0 || stamp.charAt(3) != ' ') {
            throw new MalformedLineException("no time stamp");
        }
        int clock = stamp.length() - 8;
        if (stamp.charAt(clock - 1) != ' ' || stamp.charAt(clock + 2) != ':' || stamp.charAt(clock + 5) != ':') {
            throw new MalformedLineException("no time stamp");
        }
        int day = number(stamp.substring(4, clock - 1).trim());
        int hour = number(stamp.substring(clock, clock + 2));
        int minute = number(stamp.substring(clock + 3, clock + 5));
        int second = number(stamp.substring(clock + 6));
        Long time = isFirst
                ? first(month / 3 + 1, day, hour, minute, second)
                : nearest(month / 3 + 1, day, hour, minute, second);
        if (time == null) {
            throw new MalformedLineException("no such date or time: " + stamp);
        }
        return time;
    }

    private static int number(String digits) throws MalformedLineException {
        if (digits.isEmpty() || digits.length() > 2 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedLineException("no time stamp");
        }
        return Integer.parseInt(digits);
    }

    private @Nullable Long first(int month, int day, int hour, int minute, int second) {
        if (firstYear.isPresent()) {
            return at(firstYear.getAsInt(), month, day, hour, minute, second);
        }
        // A day's grace for clocks and zones.
        long latest = lastWritten.plus(Duration.ofDays(1)).toEpochMilli();
        int year = lastWritten.atZone(zone).getYear() + 1;
        for (int i = 0; i < YEARS_TO_TRY; i++) {
            Long time = at(year - i, month, day, hour, minute, second);
            if (time != null && time <= latest) {
                return time;
            }
        }
        return null;
    }

    private @Nullable Long nearest(int month, int day, int hour, int minute, int second) {
        int year = Instant.ofEpochMilli(newestMs).atZone(zone).getYear();
        Long nearest = null;
        for (int candidate = year - 1; candidate <= year + 1; candidate++) {
            Long time = at(candidate, month, day, hour, minute, second);
            if (time != null && (nearest == null || distance(time) < distance(nearest))) {
                nearest = time;
            }
        }
        return nearest;
    }

    private long distance(long time) {
        return Math.abs(time - newestMs);
    }

    /** Null when there is no such time. A leap second is the second before it. */
    private @Nullable Long at(int year, int month, int day, int hour, int minute, int second) {
        try {
            ZonedDateTime time = LocalDateTime.of(year, month, day, hour, minute, second == 60 ? 59 : second)
                    .atZone(zone);
            long earlier = time.toInstant().toEpochMilli();
            long millis = earlier < newestMs
                    ? time.withLaterOffsetAtOverlap().toInstant().toEpochMilli()
                    : earlier;
            return millis < 0 ? null : millis;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
