package io.weir.replay.offline;

import io.weir.throttle.Standing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a replay came to, for a terminal. */
public final class Findings {
    private static final int MOST_SHOWN = 30;
    private static final long MINUTE_MS = 60_000;

    private Findings() {}

    public static String text(Setup setup, Tally tally) {
        StringBuilder text = new StringBuilder(2 * 1024);
        List<SenderTally> touched = tally.touched();
        line(
                text,
                "Way %s, %d recipients tried by %d senders.",
                setup.way().label(),
                tally.attempts(),
                tally.senders().size());
        if (touched.isEmpty()) {
            text.append("No sender would have been deferred.\n");
            return text.toString();
        }
        totals(text, setup, tally, touched);
        tally.deferralsByReason().forEach((reason, deferrals) -> line(text, "%10d  for %s", deferrals, reason));
        line(
                text,
                "\n%-22s %-12s %-18s %9s %10s %9s %6s %8s %9s  %s",
                "sender",
                "known as",
                "reason",
                "throttles",
                "recipients",
                "deferred",
                "share",
                "median",
                "given up",
                "first deferred");
        touched.stream().limit(MOST_SHOWN).forEach(one -> row(text, setup, tally, one));
        if (touched.size() > MOST_SHOWN) {
            line(text, "and %d more", touched.size() - MOST_SHOWN);
        }
        return text.toString();
    }

    private static void totals(StringBuilder text, Setup setup, Tally tally, List<SenderTally> touched) {
        long held = tally.deferred() + tally.wouldDefer();
        line(
                text,
                "%d of them (%s) from %d senders %s at first; %d senders of these were established.",
                held,
                share(held, tally.attempts()),
                touched.size(),
                tally.wouldDefer() > 0 ? "would be deferred" : "are deferred",
                touched.stream()
                        .filter(one -> one.standings().contains(Standing.ESTABLISHED))
                        .count());
        if (setup.way() == Way.WHAT_IF) {
            Delays delays = tally.delays();
            line(
                    text,
                    "Of these %d came in later (median %s, 99%% within %s, longest %s), and of %d the senders gave up.",
                    delays.attempts(),
                    span(delays.quantileMs(0.5)),
                    span(delays.quantileMs(0.99)),
                    span(delays.mostMs()),
                    tally.givenUp());
        }
        line(text, "Deferrals, retries included:");
    }

    private static void row(StringBuilder text, Setup setup, Tally tally, SenderTally one) {
        long held = one.deferred() + one.wouldDefer();
        boolean isKnown = setup.way() == Way.WHAT_IF && one.delays().attempts() > 0;
        line(
                text,
                "%-22s %-12s %-18s %9d %10d %9d %6s %8s %9d  %s",
                one.sender().text(),
                one.standings().stream().map(Standing::label).collect(Collectors.joining(",")),
                String.join(",", one.reasons()),
                tally.throttles(one.sender().text()),
                one.attempts(),
                held,
                share(held, one.attempts()),
                isKnown ? span(one.delays().quantileMs(0.5)) : "-",
                one.givenUp(),
                Instant.ofEpochMilli(one.firstTouchedMs()).truncatedTo(ChronoUnit.SECONDS));
    }

    static String share(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    }

    /** To the minute. */
    static String span(long ms) {
        long minutes = ms / MINUTE_MS;
        if (minutes < 120) {
            return minutes + "min";
        }
        return minutes < 2 * 24 * 60
                ? String.format(Locale.ROOT, "%.1fh", minutes / 60.0)
                : String.format(Locale.ROOT, "%.1fd", minutes / 1440.0);
    }

    static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
