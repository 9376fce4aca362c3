package io.weir.explain;

import io.weir.explain.Explanation.Section;
import io.weir.explain.Explanation.Table;
import io.weir.model.Mode;
import io.weir.model.Verdict;
import io.weir.throttle.Horizon;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Ramp;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderView;
import io.weir.throttle.Traffic;
import java.util.ArrayList;
import java.util.List;

/** How the case stands now: what was sent, what is allowed now and on each coming day, and when it is over. */
final class LiveSections {
    private static final int DAYS_SHOWN = 10;
    private static final long HOUR_MS = Horizon.HOUR.millis();

    private final Question question;
    private final Live live;

    LiveSections(Question question) {
        this.question = question;
        this.live = question.live();
    }

    List<Section> all() {
        if (live instanceof Live.Known known) {
            List<Section> sections = new ArrayList<>();
            sections.add(state(known, new Figures(known.isExact())));
            sections.add(ramp(known, new Figures(known.isExact())));
            return sections;
        } else if (live instanceof Live.Unknown unknown) {
            return List.of(unknown(), newcomers(unknown));
        }
        return List.of(new Section(
                "state",
                "How it stands",
                List.of(
                        "The site was not asked: figures and whether it is still in force come from a running engine, or from the page that the"
                                + " reply names."),
                null,
                List.of()));
    }

    /** The same words for what never was and for what is too old. */
    private static Section unknown() {
        return new Section(
                "state",
                "How it stands",
                List.of(
                        "Nothing is known of this case here. Cases are kept for 35 days after the reply; the address may send again as if nothing"
                                + " had been, or is held for another reason, which its next reply names."),
                null,
                List.of());
    }

    private Section state(Live.Known known, Figures figures) {
        Verdict verdict = known.verdict();
        List<String> words = new ArrayList<>();
        words.add(force(known));
        words.add("Decided on " + Figures.time(verdict.decidedAtMs()) + ": " + figures.volume(verdict.observed())
                + " recipients within "
                + span(verdict.horizonMs()) + " came too fast for what was allowed then, "
                + figures.allowed(verdict.allowance())
                + "; usual for it was " + figures.volume(verdict.record()) + ".");
        if (verdict.action() == Verdict.Action.THROTTLE && known.isInForce()) {
            words.add("About " + Figures.share(admit(known)) + " of what it tries passes at once.");
        }
        SenderView view = known.view();
        if (view != null) {
            words.add("Sent today (UTC) so far: " + figures.volume(view.today(Traffic.Column.ATTEMPTS))
                    + " recipients tried, " + figures.volume(view.today(Traffic.Column.ADMITTED)) + " accepted.");
        }
        return new Section("state", "How it stands", words, view == null ? null : budgets(view, figures), List.of());
    }

    private static double admit(Live.Known known) {
        SenderView view = known.view();
        return view == null || view.inForce() == null
                ? known.verdict().admit()
                : view.inForce().admitMicros() / 1_000_000.0;
    }

    private static String force(Live.Known known) {
        Verdict verdict = known.verdict();
        if (verdict.mode() == Mode.SHADOW && !verdict.alarms()) {
            return "This was decided in shadow: it was noted, and the mail passed.";
        }
        SenderView view = known.view();
        if (!known.isInForce()) {
            return "It is over: nothing is held back now.";
        }
        long until = view == null || view.inForce() == null
                ? verdict.expiresAtMs()
                : view.inForce().expiresAtMs();
        return "It is still in force, until " + Figures.time(until) + " unless it is renewed.";
    }

    private static Table budgets(SenderView view, Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        for (SenderView.Budget budget : view.budgets()) {
            rows.add(List.of(
                    span(budget.horizon().millis()),
                    figures.volume(budget.record()),
                    figures.allowed(budget.allowance()),
                    figures.allowed(budget.freeNow())));
        }
        return new Table("Recipients, now", List.of("within", "usual", "allowed", "free at this moment"), rows);
    }

    private Section ramp(Live.Known known, Figures figures) {
        SenderView view = known.view();
        PerHorizon record = view == null ? PerHorizon.ZERO : record(view);
        List<String> words = new ArrayList<>();
        if (view != null) {
            words.add(over(known, view, record));
        }
        wanted(words, record, known.rules(), known.asOfMs());
        words.add(spread());
        return new Section(
                "ramp",
                "What is allowed, day by day",
                words,
                table(record, known.rules(), known.asOfMs(), figures),
                List.of());
    }

    private Section newcomers(Live.Unknown unknown) {
        List<String> words = new ArrayList<>();
        words.add("This is what an address may send that has no history here.");
        wanted(words, PerHorizon.ZERO, unknown.rules(), unknown.asOfMs());
        words.add(spread());
        Table table = table(PerHorizon.ZERO, unknown.rules(), unknown.asOfMs(), new Figures(true));
        return new Section("ramp", "What is allowed, day by day", words, table, List.of());
    }

    private static String spread() {
        return "Each day builds on the one before: the figures hold for a sender that uses what it may, and spreads each day's mail over "
                + Ramp.SPREAD_HOURS + " hours or more.";
    }

    private static Table table(PerHorizon record, Rules rules, long asOfMs, Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        for (Ramp.Day day : Ramp.of(record, rules, DAYS_SHOWN)) {
            rows.add(List.of(
                    Figures.rampDay(asOfMs, day.day()),
                    figures.allowed(day.volume()),
                    figures.allowed(day.perHour()),
                    figures.allowed(day.perFiveMinutes())));
        }
        return new Table(
                "Recipients that are never held back",
                List.of("day", "in the day", "in any hour", "in any 5 minutes"),
                rows);
    }

    /** When the volume of today will be free; that is when it is over for who goes on as he does. */
    private static String over(Live.Known known, SenderView view, PerHorizon record) {
        if (!known.isInForce()) {
            return "Nothing is to be waited for. What goes beyond the figures below may be held back again.";
        }
        long tried = view.today(Traffic.Column.ATTEMPTS) - view.today(Traffic.Column.RETRIES);
        int day = Ramp.dayFor(Math.max(1, tried), record, known.rules());
        if (day == 0) {
            return "If traffic stays as it is, it ends by itself today: when two minutes in a row bring no more than is allowed, not counting what is"
                    + " tried again.";
        } else if (day < 0) {
            return "If traffic stays as it is, it does not end by itself within 60 days: it is far above what the address is known for.";
        }
        return "If traffic stays as it is, it ends on " + Figures.rampDay(view.asOfMs(), day)
                + ", when as much as today is allowed. It ends within minutes whenever less is sent than is allowed.";
    }

    private void wanted(List<String> words, PerHorizon record, Rules rules, long asOfMs) {
        Long wanted = question.wantedPerDay();
        if (wanted != null) {
            int day = Ramp.dayFor(wanted, record, rules);
            String volume = Figures.count(wanted) + " recipients a day";
            words.add(
                    day < 0
                            ? volume
                                    + " are not free within 60 days of growing: ask the postmaster of the receiving site."
                            : volume + " are free "
                                    + (day == 0 ? "today" : "from " + Figures.rampDay(asOfMs, day) + " on")
                                    + ", if each day until then uses" + " what it may.");
        }
    }

    private static PerHorizon record(SenderView view) {
        return new PerHorizon(
                record(view, Horizon.FIVE_MINUTES), record(view, Horizon.HOUR), record(view, Horizon.DAY));
    }

    private static long record(SenderView view, Horizon horizon) {
        return view.budgets().stream()
                .filter(budget -> budget.horizon() == horizon)
                .mapToLong(SenderView.Budget::record)
                .findFirst()
                .orElse(0);
    }

    private static String span(long ms) {
        if (ms < HOUR_MS) {
            return ms / Horizon.SLOT_MS + " minutes";
        }
        return ms == HOUR_MS ? "1 hour" : ms / HOUR_MS + " hours";
    }
}
