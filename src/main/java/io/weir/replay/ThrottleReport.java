package io.weir.replay;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What would have been throttled.
 *
 * @param recipients that the log's servers accepted
 * @param deferred how many of these would have been answered 451 at first, as expected by the admit fractions
 * @param throttled senders and networks, those with most deferred first
 * @param reasons by the reason's id; a sender that was throttled for two counts under both
 * @param dropped verdicts that were too many to be counted
 */
public record ThrottleReport(
        long recipients, long deferred, List<Throttled> throttled, Map<String, ByReason> reasons, long dropped) {
    private static final int MOST_SHOWN = 30;

    /**
     * One sender or network that would have been throttled.
     *
     * @param episodes throttles that were followed by a release or an expiry
     * @param firstMs when the first began, event time
     * @param untilMs when the last ended or would have
     * @param recipients accepted from it in the whole log
     */
    public record Throttled(
            String client,
            List<String> reasons,
            int episodes,
            long firstMs,
            long untilMs,
            long recipients,
            long deferred) {}

    /** @param episodes of these senders, for whatever reason */
    public record ByReason(int senders, int episodes) {
        ByReason plus(ByReason other) {
            return new ByReason(senders + other.senders, episodes + other.episodes);
        }
    }

    /** For a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder(2 * 1024);
        if (throttled.isEmpty()) {
            text.append("No sender would have been throttled.\n");
            return text.toString();
        }
        text.append(String.format(
                Locale.ROOT,
                "%d of %d accepted recipients (%s) would have been deferred at first, from %d senders or networks.\n",
                deferred,
                recipients,
                share(deferred, recipients),
                throttled.size()));
        reasons.forEach((reason, sum) -> text.append(String.format(
                Locale.ROOT, "%10d  senders for %s, %d throttles\n", sum.senders(), reason, sum.episodes())));
        text.append(String.format(
                Locale.ROOT,
                "\n%-22s %-18s %9s %10s %9s %6s  %-20s %s\n",
                "client",
                "reason",
                "throttles",
                "recipients",
                "deferred",
                "share",
                "first throttled",
                "last until"));
        throttled.stream().limit(MOST_SHOWN).forEach(one -> row(text, one));
        if (throttled.size() > MOST_SHOWN) {
            text.append("and ").append(throttled.size() - MOST_SHOWN).append(" more\n");
        }
        if (dropped > 0) {
            text.append(dropped).append(" verdicts were too many to be counted: the figures are too low\n");
        }
        return text.toString();
    }

    private static void row(StringBuilder text, Throttled one) {
        text.append(String.format(
                Locale.ROOT,
                "%-22s %-18s %9d %10d %9d %6s  %-20s %s\n",
                one.client(),
                String.join(",", one.reasons()),
                one.episodes(),
                one.recipients(),
                one.deferred(),
                share(one.deferred(), one.recipients()),
                time(one.firstMs()),
                time(one.untilMs())));
    }

    private static String share(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    }

    private static String time(long ms) {
        return Instant.ofEpochMilli(ms).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
