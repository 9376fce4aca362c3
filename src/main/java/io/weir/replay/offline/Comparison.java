package io.weir.replay.offline;

import io.weir.model.SenderKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The same past under two sets of rules: who is deferred under one and not under the other, and what that gains and loses.
 *
 * @param way how the past was taken
 * @param names of the new rules and of those they are compared with
 */
public record Comparison(Way way, Names names, List<Difference> differences, Side totalNew, Side totalOld) {
    private static final int MOST_SHOWN = 20;

    /** What both sets of rules are called. */
    public record Names(String newRules, String oldRules) {}

    /**
     * What one set of rules does.
     *
     * @param deferred attempts deferred at first, or that would have been, recipients
     * @param hours that attempts waited until they came in, together
     * @param givenUp attempts whose senders gave up
     */
    public record Side(long deferred, double hours, long givenUp) {
        static Side of(SenderTally sender) {
            return new Side(
                    sender.deferred() + sender.wouldDefer(), sender.delays().hours(), sender.givenUp());
        }

        static final Side NONE = new Side(0, 0, 0);
    }

    /** A sender that fares differently. */
    public record Difference(SenderKey sender, Side underNew, Side underOld) {
        /** Attempts that the new rules defer more; negative when they defer less. */
        public long more() {
            return underNew.deferred - underOld.deferred;
        }
    }

    public static Comparison of(Way way, Names names, Tally underNew, Tally underOld) {
        Map<SenderKey, Side> old = new HashMap<>();
        underOld.touched().forEach(one -> old.put(one.sender(), Side.of(one)));
        List<Difference> differences = new ArrayList<>();
        for (SenderTally one : underNew.touched()) {
            Side before = old.remove(one.sender());
            differences.add(new Difference(one.sender(), Side.of(one), before == null ? Side.NONE : before));
        }
        old.forEach((sender, side) -> differences.add(new Difference(sender, Side.NONE, side)));
        differences.removeIf(one -> one.underNew.equals(one.underOld));
        differences.sort(Comparator.comparingLong((Difference one) -> -Math.abs(one.more()))
                .thenComparing(one -> one.sender.text()));
        return new Comparison(way, names, List.copyOf(differences), total(underNew), total(underOld));
    }

    private static Side total(Tally tally) {
        return new Side(tally.deferred() + tally.wouldDefer(), tally.delays().hours(), tally.givenUp());
    }

    /** Deferred by the new rules alone, those with most first. */
    public List<Difference> onlyNew() {
        return those(one -> one.underOld.deferred == 0 && one.underNew.deferred > 0);
    }

    public List<Difference> onlyOld() {
        return those(one -> one.underNew.deferred == 0 && one.underOld.deferred > 0);
    }

    /** Deferred by both, and not alike. */
    public List<Difference> byBoth() {
        return those(one -> one.underNew.deferred > 0 && one.underOld.deferred > 0);
    }

    private List<Difference> those(Predicate<Difference> which) {
        return differences.stream().filter(which).toList();
    }

    /** For a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder(2 * 1024);
        Findings.line(text, "Way %s: %s (new) against %s (old).", way.label(), names.newRules, names.oldRules);
        Findings.line(text, "%-34s %12s %12s %12s", "", "new", "old", "new - old");
        row(text, "recipients deferred at first", totalNew.deferred, totalOld.deferred);
        if (way == Way.WHAT_IF) {
            row(text, "hours that recipients waited", Math.round(totalNew.hours), Math.round(totalOld.hours));
            row(text, "recipients given up", totalNew.givenUp, totalOld.givenUp);
        }
        if (differences.isEmpty()) {
            text.append("No sender fares differently.\n");
        }
        list(text, "Deferred by the new rules alone", onlyNew());
        list(text, "Deferred by the old rules alone", onlyOld());
        list(text, "Deferred by both, and not alike", byBoth());
        return text.toString();
    }

    private static void row(StringBuilder text, String what, long isNew, long isOld) {
        Findings.line(text, "%-34s %12d %12d %+12d", what, isNew, isOld, isNew - isOld);
    }

    private void list(StringBuilder text, String what, List<Difference> those) {
        if (those.isEmpty()) {
            return;
        }
        Findings.line(text, "\n%s: %d senders", what, those.size());
        Findings.line(text, "%-40s %10s %10s %10s %10s", "sender", "new", "old", "hours new", "hours old");
        those.stream()
                .limit(MOST_SHOWN)
                .forEach(one -> Findings.line(
                        text,
                        "%-40s %10d %10d %10s %10s",
                        one.sender.text(),
                        one.underNew.deferred,
                        one.underOld.deferred,
                        hours(one.underNew),
                        hours(one.underOld)));
        if (those.size() > MOST_SHOWN) {
            Findings.line(text, "and %d more", those.size() - MOST_SHOWN);
        }
    }

    private String hours(Side side) {
        return way == Way.WHAT_IF ? String.format(Locale.ROOT, "%.1f", side.hours) : "-";
    }
}
