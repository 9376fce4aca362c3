package io.weir.replay.log;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads the stamps that lines begin with. On the path of every line, so by position and without an object.
 *
 * <pre>
 * Oct 22 02:12:45                     syslog, without year and zone; the day may have one digit, with or without a second blank
 * 2026-11-25T02:12:45.123456+01:00    RFC 3339, as syslog and Exchange write it
 * 2026-11-25 02:12:45.123 +0100       Exim; fraction and zone only if it is told to
 * </pre>
 */
final class LogStamp {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int DATE_LENGTH = 10;
    private static final int SHORTEST = 19;
    private static final int MILLIS_PER_DAY = 24 * 60 * 60 * 1000;

    private LogStamp() {}

    /** The stamp's end in the line, exclusive; only {@link #read} knows whether it is one. */
    static int end(String line) throws MalformedLineException {
        if (line.isEmpty()) {
            throw new MalformedLineException("empty");
        }
        if (isDigit(line, 0)) {
            return isExim(line) ? eximEnd(line) : orLength(line, line.indexOf(' '));
        }
        int colon = line.indexOf(':');
        int end = colon + 6;
        if (colon < 8 || colon > 9 || end > line.length()) {
            throw none();
        }
        return end;
    }

    /** Moves the clock on to the line's time, milliseconds since the epoch. */
    static long read(String line, int end, LogClock clock) throws MalformedLineException {
        if (!isDigit(line, 0)) {
            return syslog(line, end, clock);
        }
        return isExim(line) ? exim(line, end, clock) : clock.at(rfc3339(line, 0, end));
    }

    /** {@code 2026-11-25T02:12:45.123Z} from {@code start} to {@code end}, milliseconds since the epoch. */
    static long rfc3339(String text, int start, int end) throws MalformedLineException {
        if (end - start <= SHORTEST || text.charAt(start + DATE_LENGTH) != 'T') {
            throw none();
        }
        int zone = start + SHORTEST;
        if (text.charAt(zone) == '.') {
            zone++;
            while (zone < end && isDigit(text, zone)) {
                zone++;
            }
        }
        return date(text, start) * (long) MILLIS_PER_DAY
                + minute(text, start) * 60_000L
                + second(text, start) * 1000L
                + fraction(text, start + SHORTEST, zone)
                - offset(text, zone, end);
    }

    private static long syslog(String line, int end, LogClock clock) throws MalformedLineException {
        int month = monthOf(line);
        int time = end - 8;
        if (line.charAt(3) != ' ' || line.charAt(time - 1) != ' ' || line.charAt(time + 2) != ':') {
            throw none();
        }
        int firstDigit = line.charAt(4) == ' ' ? 5 : 4;
        int day = number(line, firstDigit, time - 1);
        return clock.withoutYear(month, day, minute(line, time - 11), second(line, time - 11));
    }

    private static int monthOf(String line) throws MalformedLineException {
        for (int i = 0; i < MONTHS.length(); i += 3) {
            if (line.regionMatches(0, MONTHS, i, 3)) {
                return i / 3 + 1;
            }
        }
        throw none();
    }

    private static boolean isExim(String line) {
        return isDated(line, 0);
    }

    /** Whether Exim's form of a stamp begins there, as far as can be seen at a glance. */
    static boolean isDated(String line, int start) {
        return line.length() >= start + SHORTEST
                && isDigit(line, start)
                && line.charAt(start + DATE_LENGTH) == ' '
                && line.charAt(start + 4) == '-'
                && line.charAt(start + 7) == '-';
    }

    private static int eximEnd(String line) {
        int end = SHORTEST;
        if (end < line.length() && line.charAt(end) == '.') {
            end++;
            while (isDigit(line, end)) {
                end++;
            }
        }
        boolean zone = line.length() >= end + 6
                && line.charAt(end) == ' '
                && (line.charAt(end + 1) == '+' || line.charAt(end + 1) == '-')
                && isDigit(line, end + 2)
                && isDigit(line, end + 5);
        return zone ? end + 6 : end;
    }

    private static long exim(String line, int end, LogClock clock) throws MalformedLineException {
        int zone = line.lastIndexOf(' ', end - 1);
        boolean zoned = zone > DATE_LENGTH;
        int millis = fraction(line, SHORTEST, zoned ? zone : end);
        if (!zoned) {
            LocalDate date = LocalDate.ofEpochDay(date(line, 0));
            return clock.local(
                    date.getYear(),
                    date.getMonthValue(),
                    date.getDayOfMonth(),
                    minute(line, 0),
                    second(line, 0),
                    millis);
        }
        long local = date(line, 0) * (long) MILLIS_PER_DAY + minute(line, 0) * 60_000L + second(line, 0) * 1000L;
        return clock.at(local + millis - offset(line, zone + 1, end));
    }

    /** Days since the epoch of the date that begins there. */
    private static long date(String text, int start) throws MalformedLineException {
        if (text.charAt(start + 4) != '-' || text.charAt(start + 7) != '-') {
            throw none();
        }
        int year = number(text, start, start + 2) * 100 + number(text, start + 2, start + 4);
        try {
            return LocalDate.of(year, number(text, start + 5, start + 7), number(text, start + 8, start + 10))
                    .toEpochDay();
        } catch (DateTimeException e) {
            throw none();
        }
    }

    /** Minute of the day, of a stamp whose time of day begins eleven characters behind {@code start}. */
    private static int minute(String text, int start) throws MalformedLineException {
        if (text.charAt(start + 13) != ':' || text.charAt(start + 16) != ':') {
            throw none();
        }
        int hour = number(text, start + 11, start + 13);
        int minute = number(text, start + 14, start + 16);
        if (hour > 23 || minute > 59) {
            throw new MalformedLineException("no such date or time");
        }
        return hour * 60 + minute;
    }

    private static int second(String text, int start) throws MalformedLineException {
        int second = number(text, start + 17, start + 19);
        if (second > 60) {
            throw new MalformedLineException("no such date or time");
        }
        // A leap second is the second before it.
        return Math.min(second, 59);
    }

    /** Milliseconds of {@code .123456}. */
    private static int fraction(String text, int point, int end) {
        int millis = 0;
        for (int i = 1; i <= 3; i++) {
            millis = millis * 10 + (point + i < end ? text.charAt(point + i) - '0' : 0);
        }
        return millis;
    }

    /** Milliseconds of {@code Z}, {@code +01:00} or {@code +0100}. */
    private static long offset(String text, int start, int end) throws MalformedLineException {
        if (end - start == 1 && (text.charAt(start) == 'Z' || text.charAt(start) == 'z')) {
            return 0;
        }
        int minutes = end - 2;
        if (end - start < 5 || end - start > 6 || (end - start == 6 && text.charAt(start + 3) != ':')) {
            throw none();
        }
        long offset = (number(text, start + 1, start + 3) * 60L + number(text, minutes, end)) * 60_000;
        return switch (text.charAt(start)) {
            case '+' -> offset;
            case '-' -> -offset;
            default -> throw none();
        };
    }

    /** One or two digits. */
    private static int number(String text, int start, int end) throws MalformedLineException {
        if (end - start < 1 || end - start > 2) {
            throw none();
        }
        int number = 0;
        for (int i = start; i < end; i++) {
            if (!isDigit(text, i)) {
                throw none();
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static int orLength(String line, int at) {
        return at < 0 ? line.length() : at;
    }

    private static MalformedLineException none() {
        return new MalformedLineException("no time stamp");
    }
}
