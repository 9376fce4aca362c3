package io.weir.demo;

import io.weir.demo.DemoResult.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The end of the account: what became of everybody's mail. */
final class ClosingTable {
    private static final String ROW = "%-29s %8s %8s %8s %8s %8s %8s %11s";

    private final Lines lines;

    ClosingTable(Lines lines) {
        this.lines = lines;
    }

    void print(DemoResult result) {
        lines.title("What became of the mail");
        lines.plain(String.format(
                ROW, "", "messages", "attempts", "retries", "admitted", "deferred", "never in", "longest"));
        lines.plain(String.format(ROW, "", "", "", "", "", "once", "", "delay"));
        List<Actor> actors = result.actors();
        for (int i = 0; i < actors.size(); i++) {
            Actor actor = actors.get(i);
            row(actor.name(), actor.counts());
            boolean more = i + 1 < actors.size() && actors.get(i + 1).address().equals(actor.address());
            if (!more) {
                throttles(actor.episodes());
            }
        }
        row("all mail after our outage", result.flush());
        row(
                result.background().senders() + " other senders",
                result.background().counts());
        throttles(result.background().throttled());
        lines.blank();
        summary(result);
    }

    private void row(String name, Tally.Counts counts) {
        lines.plain(String.format(
                ROW,
                name,
                number(counts.messages()),
                number(counts.attempts()),
                number(counts.retries()),
                number(counts.admitted()),
                share(counts.messagesDeferred(), counts.messages()),
                share(counts.messages() - counts.admitted(), counts.messages()),
                counts.longestDelayMs() == 0 ? "-" : DemoCalendar.span(counts.longestDelayMs())));
    }

    /** One line per reason: a sender that goes over its allowance again and again is throttled as often. */
    private void throttles(List<Episode> episodes) {
        List<String> reasons = episodes.stream()
                .map(episode -> episode.first().reason())
                .distinct()
                .toList();
        for (String reason : reasons) {
            List<Episode> of = episodes.stream()
                    .filter(episode -> episode.first().reason().equals(reason))
                    .toList();
            long fromMs = of.stream().mapToLong(Episode::fromMs).min().orElseThrow();
            long toMs = of.stream().mapToLong(Episode::toMs).max().orElseThrow();
            long heldMs = of.stream()
                    .mapToLong(episode -> episode.toMs() - episode.fromMs())
                    .sum();
            Episode last = of.get(of.size() - 1);
            lines.plain("  " + reason + ": throttled "
                    + (of.size() == 1 ? "once, " : of.size() + " times, " + DemoCalendar.span(heldMs) + " in all, ")
                    + DemoCalendar.time(fromMs) + " to "
                    + (toMs - fromMs < DemoCalendar.DAY_MS ? DemoCalendar.clock(toMs) : DemoCalendar.time(toMs))
                    + ", then " + last.end().name().toLowerCase(Locale.ROOT));
        }
    }

    private void summary(DemoResult result) {
        DemoResult.Past past = result.past();
        lines.plain(String.format(
                Locale.ROOT,
                "%,d events stand for %,d recipients of %d senders in four weeks, and made %,d verdicts; the week of the"
                        + " incidents took %d steps and made %,d.",
                past.events(),
                past.recipients(),
                past.senders(),
                past.verdicts(),
                result.steps(),
                result.verdicts() - past.verdicts()));
        Tally.Counts others = result.background().counts();
        lines.plain(String.format(
                Locale.ROOT,
                "Of %,d messages of senders that had nothing to do with any incident, %s.",
                others.messages(),
                others.messagesDeferred() == 0
                        ? "not one was deferred"
                        : number(others.messagesDeferred()) + " were deferred, for "
                                + DemoCalendar.span(others.longestDelayMs()) + " at most"));
        agreement(result.actors());
        lines.plain(String.format(
                Locale.ROOT, "All of this took %.0f s.", result.elapsed().toMillis() / 1000.0));
    }

    /** The edges count answers, the engine counts events: two ways to the same numbers. */
    private void agreement(List<Actor> actors) {
        List<String> different = new ArrayList<>();
        for (String address : actors.stream().map(Actor::address).distinct().toList()) {
            long answered = actors.stream()
                    .filter(actor -> actor.address().equals(address))
                    .mapToLong(actor -> actor.counts().attempts())
                    .sum();
            long judged = actors.stream()
                    .filter(actor -> actor.address().equals(address))
                    .findFirst()
                    .orElseThrow()
                    .judged();
            if (answered != judged) {
                different.add(address + ": edges answered " + number(answered) + ", the store has " + number(judged));
            }
        }
        lines.plain(
                different.isEmpty()
                        ? "The engine's own store has the same number of attempts for each of them as the edges answered."
                        : "The engine's store differs: " + String.join("; ", different));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String share(long part, long whole) {
        if (part == 0 || whole == 0) {
            return "0";
        }
        return Account.percent((double) part / whole);
    }
}
