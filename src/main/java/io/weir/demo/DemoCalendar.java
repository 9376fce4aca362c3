package io.weir.demo;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The demo's time: four weeks of history from a Monday on, and Monday to Friday of a fifth.
 *
 * @param startMs midnight (UTC) at which the first Monday begins
 */
record DemoCalendar(long startMs) {
    static final long MINUTE_MS = 60_000;
    static final long HOUR_MS = 60 * MINUTE_MS;
    static final long DAY_MS = 24 * HOUR_MS;

    /** The first day of the incidents; days count from 0. */
    static final int FIRST_LIVE_DAY = 28;

    static final int DAYS = 33;

    /** Days of learning: as long as a new site's. */
    static final int LEARNING_DAYS = 14;

    private static final DateTimeFormatter TIME = format("EEE d MMM HH:mm");
    private static final DateTimeFormatter DATE = format("EEEE d MMMM");
    private static final DateTimeFormatter CLOCK = format("HH:mm");

    /** The latest calendar that ends before {@code nowMs}: an engine that is asked later still finds its records fresh. */
    static DemoCalendar endingBefore(long nowMs) {
        // The epoch was a Thursday, so day 2 was a Saturday: the demo ends when Friday does.
        long saturday = Math.floorDiv(nowMs / DAY_MS - 2, 7) * 7 + 2;
        return new DemoCalendar((saturday - DAYS) * DAY_MS);
    }

    long at(int day, int hour, int minute) {
        return startMs + day * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;
    }

    long liveMs() {
        return at(FIRST_LIVE_DAY, 0, 0);
    }

    long endMs() {
        return at(DAYS, 0, 0);
    }

    int day(long ms) {
        return (int) Math.floorDiv(ms - startMs, DAY_MS);
    }

    static int hourOfDay(long ms) {
        return (int) (Math.floorMod(ms, DAY_MS) / HOUR_MS);
    }

    /** {@code Tue 3 Nov 09:41}. */
    static String time(long ms) {
        return TIME.format(Instant.ofEpochMilli(ms));
    }

    /** {@code Tuesday 3 November}. */
    static String date(long ms) {
        return DATE.format(Instant.ofEpochMilli(ms));
    }

    /** {@code 09:41}. */
    static String clock(long ms) {
        return CLOCK.format(Instant.ofEpochMilli(ms));
    }

    /** {@code 1 h 20 min}, {@code 7 min}, {@code 40 s}. */
    static String span(long ms) {
        if (ms < MINUTE_MS) {
            return (ms + 999) / 1000 + " s";
        }
        long minutes = (ms + MINUTE_MS / 2) / MINUTE_MS;
        if (minutes < 60) {
            return minutes + " min";
        }
        return minutes % 60 == 0 ? minutes / 60 + " h" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
