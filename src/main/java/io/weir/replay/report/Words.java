package io.weir.replay.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them. */
final class Words {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 60 * MINUTE_MS;
    private static final long DAY_MS = 24 * HOUR_MS;

    private Words() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A part of a whole; small parts are not rounded to nothing. */
    static String share(long part, long whole) {
        if (whole == 0 || part == 0) {
            return "0%";
        }
        double percent = 100.0 * part / whole;
        if (percent < 0.01) {
            return "under 0.01%";
        }
        return String.format(Locale.ROOT, percent < 1 ? "%.2f%%" : "%.1f%%", percent);
    }

    static String time(long ms) {
        return MINUTE.format(Instant.ofEpochMilli(ms));
    }

    static String day(long ms) {
        return DAY.format(Instant.ofEpochMilli(ms));
    }

    static String clock(long ms) {
        return CLOCK.format(Instant.ofEpochMilli(ms));
    }

    /** Such as {@code 4 min}, {@code 1 h 20 min}, {@code 2.5 days}. */
    static String span(long ms) {
        if (ms < MINUTE_MS) {
            return ms < 1000 ? ms + " ms" : Math.round(ms / 1000.0) + " s";
        }
        long minutes = Math.round((double) ms / MINUTE_MS);
        if (minutes < 60) {
            return minutes + " min";
        }
        if (ms < 2 * DAY_MS) {
            return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
        }
        return String.format(Locale.ROOT, "%.1f days", (double) ms / DAY_MS).replace(".0 ", " ");
    }

    /** What a bucket of a chart is called. */
    static String per(long bucketMs) {
        if (bucketMs == DAY_MS) {
            return "day";
        }
        return bucketMs == HOUR_MS ? "hour" : bucketMs / MINUTE_MS + " minutes";
    }
}
