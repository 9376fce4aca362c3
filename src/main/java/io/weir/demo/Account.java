package io.weir.demo;

import io.weir.edge.VerdictListener;
import io.weir.model.Mode;
import io.weir.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what happens, from the verdicts as they come and from what the edges answered. */
final class Account implements VerdictListener {
    private static final long PROGRESS_MS = 30 * DemoCalendar.MINUTE_MS;

    private final Lines lines;
    private final Function<String, Tally.Counts> counts;
    private final Function<String, String> names;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private final List<Episode> ended = new ArrayList<>();
    private long verdicts;
    private long lastReleaseMs;

    /**
     * @param counts what edges have answered to a client so far
     * @param names a client's name for people
     */
    Account(Lines lines, Function<String, Tally.Counts> counts, Function<String, String> names) {
        this.lines = lines;
        this.counts = counts;
        this.names = names;
    }

    /** A throttle that goes on. */
    private static final class Open {
        private final Verdict first;
        private final Tally.Counts before;
        private Tally.Counts told;
        private long toldMs;
        private Verdict latest;

        Open(Verdict first, Tally.Counts before) {
            this.first = first;
            this.latest = first;
            this.before = before;
            this.told = before;
            this.toldMs = first.decidedAtMs();
        }
    }

    @Override
    public void verdict(String client, @Nullable Verdict verdict) {
        if (verdict == null) {
            // It takes back what has expired.
            return;
        }
        verdicts++;
        Open known = open.get(client);
        if (known != null && verdict.decidedAtMs() >= known.latest.expiresAtMs()) {
            end(client, known, known.latest.expiresAtMs(), Episode.End.EXPIRED);
            known = null;
        }
        if (verdict.action() == Verdict.Action.ALLOW) {
            if (known != null) {
                end(client, known, verdict.decidedAtMs(), Episode.End.RELEASED);
            }
        } else if (known == null) {
            begin(client, verdict);
        } else {
            known.latest = verdict;
        }
    }

    private void begin(String client, Verdict verdict) {
        open.put(client, new Open(verdict, counts.apply(client)));
        String verb = verdict.mode() == Mode.ENFORCE ? "THROTTLED" : "would be throttled";
        lines.at(
                verdict.decidedAtMs(),
                verb + "  " + client + "  " + names.apply(client) + ": " + verdict.reason() + " ("
                        + verdict.enhancedStatusCode() + ", AS" + verdict.as() + ")");
        // A budget takes part of the allowance at once and the rest as it drains.
        String excess = verdict.observed() > verdict.allowance() ? "exceed" : "come too fast for";
        lines.more(String.format(
                Locale.ROOT,
                "%,d recipients in %s %s its allowance of %,d (record %,d)",
                verdict.observed(),
                DemoCalendar.span(verdict.horizonMs()),
                excess,
                verdict.allowance(),
                verdict.record()));
        lines.more("edges let " + percent(verdict.admit()) + " through from now on; case " + verdict.caseId());
    }

    private void end(String client, Open throttle, long atMs, Episode.End how) {
        open.remove(client);
        lastReleaseMs = Math.max(lastReleaseMs, atMs);
        Tally.Counts during = counts.apply(client).since(throttle.before);
        ended.add(new Episode(throttle.first, atMs, how, during));
        lines.at(
                atMs,
                (how == Episode.End.RELEASED ? "released   " : "expired    ") + client + "  after "
                        + DemoCalendar.span(atMs - throttle.first.decidedAtMs()) + ": " + passed(during) + " passed");
    }

    /** Tells how throttles go on, and ends those whose time is over. */
    void advance(long nowMs) {
        for (Map.Entry<String, Open> entry : List.copyOf(open.entrySet())) {
            Open throttle = entry.getValue();
            if (throttle.latest.expiresAtMs() <= nowMs) {
                end(entry.getKey(), throttle, throttle.latest.expiresAtMs(), Episode.End.EXPIRED);
            } else if (nowMs - throttle.toldMs >= PROGRESS_MS) {
                Tally.Counts now = counts.apply(entry.getKey());
                lines.at(
                        nowMs,
                        "still      " + entry.getKey() + "  edges let " + percent(throttle.latest.admit())
                                + " through; " + passed(now.since(throttle.told)) + " passed since "
                                + DemoCalendar.clock(throttle.toldMs));
                throttle.told = now;
                throttle.toldMs = nowMs;
            }
        }
    }

    private static String passed(Tally.Counts counts) {
        return String.format(Locale.ROOT, "%,d of %,d attempts", counts.admitted(), counts.attempts());
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.0995 && share > 0 ? "%.1f%%" : "%.0f%%", share * 100);
    }

    /** Throttles that have ended, in the order of their ends. */
    List<Episode> ended() {
        return List.copyOf(ended);
    }

    /** Throttles that go on. */
    int open() {
        return open.size();
    }

    /** When a throttle ended last. */
    long lastReleaseMs() {
        return lastReleaseMs;
    }

    /** Verdicts read, tombstones apart. */
    long verdicts() {
        return verdicts;
    }
}
