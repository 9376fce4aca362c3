package io.weir.simulate.score;

import io.weir.simulate.Spans;
import java.util.Locale;

/** Numbers as the tables show them. */
final class Cells {
    static final String NONE = "-";

    private Cells() {}

    /** {@code 97.4%}, {@code 0.013%}, {@code 0}. */
    static String share(double share) {
        if (share <= 0) {
            return "0";
        }
        double percent = share * 100;
        String format = percent < 0.1 ? "%.3f%%" : percent < 1 ? "%.2f%%" : "%.1f%%";
        return String.format(Locale.ROOT, format, percent);
    }

    static String count(double count) {
        return String.format(Locale.ROOT, "%,d", Math.round(count));
    }

    /** {@code 42 s}, {@code 7 min}, {@code 3.5 h}, {@code 2.1 d}; never is a dash. */
    static String span(long ms) {
        if (ms == Score.NEVER) {
            return "never";
        }
        if (ms < 2 * Spans.MINUTE_MS) {
            return (ms + 500) / Spans.SECOND_MS + " s";
        }
        if (ms < 2 * Spans.HOUR_MS) {
            return (ms + Spans.MINUTE_MS / 2) / Spans.MINUTE_MS + " min";
        }
        return ms < 2 * Spans.DAY_MS
                ? String.format(Locale.ROOT, "%.1f h", (double) ms / Spans.HOUR_MS)
                : String.format(Locale.ROOT, "%.1f d", (double) ms / Spans.DAY_MS);
    }

    /** A span that is a dash when there was none. */
    static String delay(long ms) {
        return ms <= 0 ? NONE : span(ms);
    }
}
