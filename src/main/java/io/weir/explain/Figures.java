package io.weir.explain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Numbers for a person. Who may not see exact figures gets bands of 10, 15, 20, 30, 50, 70, 100, ...: enough to act upon, too little to tell how much mail somebody
 * sends.
 */
record Figures(boolean isExact) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
    /** A ramp day begins when the day before closes, an hour after midnight UTC. */
    private static final long RAMP_DAY_BEGINS_MS = 3_600_000;

    private static final long LEAST_BAND = 10;
    /** Nobody sends so much; beyond, a band's end would not be a number. */
    private static final long MOST = 1_000_000_000_000_000L;

    /** Of a power of ten, in tenths. */
    private static final long[] STEPS = {10, 15, 20, 30, 50, 70};

    /** Of mail that was sent. */
    String volume(long recipients) {
        if (isExact) {
            return count(recipients);
        }
        if (recipients < LEAST_BAND) {
            return recipients == 0 ? "none" : "under " + LEAST_BAND;
        }
        return count(floor(recipients)) + " to " + count(above(floor(recipients)));
    }

    /** Of mail that may be sent: never more than it is. */
    String allowed(long recipients) {
        return isExact || recipients < LEAST_BAND ? count(recipients) : count(floor(recipients));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String share(double share) {
        double percent = 100 * share;
        return percent < 1
                ? String.format(Locale.ROOT, "%.2f", percent).replaceFirst("\\.?0+$", "") + "%"
                : Math.round(percent) + "%";
    }

    static String time(long ms) {
        return TIME.format(Instant.ofEpochMilli(ms));
    }

    /** The date of a day of the ramp. */
    static String rampDay(long asOfMs, int day) {
        return DAY.format(
                LocalDate.ofInstant(Instant.ofEpochMilli(Math.max(0, asOfMs - RAMP_DAY_BEGINS_MS)), ZoneOffset.UTC)
                        .plusDays(day));
    }

    private static long floor(long number) {
        long floor = LEAST_BAND;
        for (long next = above(floor); next <= Math.min(number, MOST); next = above(floor)) {
            floor = next;
        }
        return floor;
    }

    /** The next of 10, 15, 20, 30, 50, 70, 100, ... */
    private static long above(long step) {
        long tenth = 1;
        while (tenth * 100 <= step) {
            tenth *= 10;
        }
        for (long tenths : STEPS) {
            if (tenths * tenth > step) {
                return tenths * tenth;
            }
        }
        return 100 * tenth;
    }
}
