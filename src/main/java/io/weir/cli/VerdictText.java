package io.weir.cli;

import io.weir.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A verdict in one line. */
final class VerdictText {
    private VerdictText() {}

    /** @param nowMs tells whether it still holds */
    static String line(Verdict verdict, long nowMs) {
        return verdict.alarms() ? alarm(verdict, nowMs) : verdict(verdict, nowMs);
    }

    /** Nothing is held, whatever the record's fields say about what would be. */
    private static String alarm(Verdict verdict, long nowMs) {
        boolean isOver = verdict.action() == Verdict.Action.ALLOW;
        String begin = String.format(
                Locale.ROOT,
                "%s  %-8s  %s",
                seconds(verdict.decidedAtMs()),
                isOver ? "calm" : "ALARM",
                verdict.client());
        if (isOver) {
            return begin + "  back to its usual; was " + verdict.reason() + "  case " + verdict.caseId();
        }
        return begin
                + String.format(
                        Locale.ROOT,
                        "  %s, trusted, so that all of it passes: %d in %s, too fast for %d (record %d)  %s %s  case %s",
                        verdict.reason(),
                        verdict.observed(),
                        span(verdict.horizonMs()),
                        verdict.allowance(),
                        verdict.record(),
                        nowMs < verdict.expiresAtMs() ? "until" : "expired",
                        seconds(verdict.expiresAtMs()),
                        verdict.caseId());
    }

    private static String verdict(Verdict verdict, long nowMs) {
        String begin = String.format(
                Locale.ROOT,
                "%s  %-8s  %-20s",
                seconds(verdict.decidedAtMs()),
                verdict.action().label(),
                verdict.client());
        if (verdict.action() == Verdict.Action.ALLOW) {
            return begin + "  released; was " + verdict.reason() + "  case " + verdict.caseId();
        }
        return begin
                + String.format(
                        Locale.ROOT,
                        "  %-16s  %-7s  lets %s through: %d in %s, too fast for %d (record %d)  %s %s  case %s",
                        verdict.reason(),
                        verdict.mode().label(),
                        percent(verdict.admit()),
                        verdict.observed(),
                        span(verdict.horizonMs()),
                        verdict.allowance(),
                        verdict.record(),
                        nowMs < verdict.expiresAtMs() ? "until" : "expired",
                        seconds(verdict.expiresAtMs()),
                        verdict.caseId());
    }

    /** A tombstone. */
    static String forgotten(String client, long atMs) {
        return String.format(
                Locale.ROOT, "%s  %-8s  %-20s  nothing is held against it", seconds(atMs), "removed", client);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.1 ? "%.1f%%" : "%.0f%%", 100 * share);
    }

    static String seconds(long atMs) {
        return Instant.ofEpochMilli(atMs).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** 5 min, 1 h, 1 d. */
    static String span(long millis) {
        Duration span = Duration.ofMillis(millis);
        if (span.toMinutes() % 60 != 0 || span.isZero()) {
            return span.toMinutes() + " min";
        }
        return span.toHours() % 24 == 0 ? span.toDays() + " d" : span.toHours() + " h";
    }
}
