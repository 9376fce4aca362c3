package io.weir.explain;

import io.weir.explain.Explanation.Section;
import io.weir.explain.Explanation.Table;
import io.weir.model.Mode;
import io.weir.model.Verdict;
import io.weir.throttle.Horizon;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Ramp;
import io.weir.throttle.SenderView;
import io.weir.throttle.Traffic;
import java.util.ArrayList;
import java.util.List;

/** How the case stands now: what was sent, what is allowed now and on each coming day, and when it is over. */
final class LiveSections {
    private static final int DAYS_SHOWN = 10;
    private static final long HOUR_MS = Horizon.HOUR.millis();
    private static final String SPREAD =
            "Each day builds on the one before: the figures hold for a sender that uses what it may, and spreads each"
                    + " day's mail over " + Ramp.SPREAD_HOURS + " hours or more.";

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
        } else if (live instanceof Live.Told told) {
            return told.told().sections();
        } else if (live instanceof Live.Unknown unknown) {
            return List.of(unknown(), newcomers(unknown));
        }
        return List.of(unasked());
    }

    private Section unasked() {
        String why = question.bounce().caseId() == null
                ? "The text carries no case, which stands at the end of our replies, so figures cannot be looked up."
                : "The site was not asked: figures and whether it is still in force come from a running engine, or from the page that the reply names.";
        return new Section("state", "How it stands", List.of(why), null, List.of());
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
        List<String> words = new ArrayList<>();
        SenderView view = known.view();
        if (view != null) {
            words.add(over(known, view));
        }
        wanted(words, known.ramp(), known.asOfMs());
        words.add(SPREAD);
        return new Section(
                "ramp", "What is allowed, day by day", words, table(known.ramp(), known.asOfMs(), figures), List.of());
    }

    private Section newcomers(Live.Unknown unknown) {
        List<Ramp.Day> ramp = Ramp.of(PerHorizon.ZERO, unknown.rules(), Ramp.MOST_DAYS);
        List<String> words = new ArrayList<>();
        words.add("This is what an address may send that has no history here.");
        wanted(words, ramp, unknown.asOfMs());
        words.add(SPREAD);
        Table table = table(ramp, unknown.asOfMs(), new Figures(true));
        return new Section("ramp", "What is allowed, day by day", words, table, List.of());
    }

    private static Table table(List<Ramp.Day> ramp, long asOfMs, Figures figures) {
        List<List<String>> rows = new ArrayList<>();
        for (Ramp.Day day : ramp.subList(0, Math.min(DAYS_SHOWN, ramp.size()))) {
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
    private static String over(Live.Known known, SenderView view) {
        if (!known.isInForce()) {
            return "Nothing is to be waited for. What goes beyond the figures below may be held back again.";
        }
        long tried = view.today(Traffic.Column.ATTEMPTS) - view.today(Traffic.Column.RETRIES);
        int day = dayFor(Math.max(1, tried), known.ramp());
        if (day == 0) {
            return "If traffic stays as it is, it ends by itself today: when two minutes in a row bring no more than is allowed, not counting"
                    + " what is tried again.";
        } else if (day < 0) {
            return "If traffic stays as it is, it does not end by itself within "
                    + known.ramp().size()
                    + " days: it is far above what is usual here. It ends within minutes whenever less is sent than is allowed.";
        }
        return "If traffic stays as it is, it ends on " + Figures.rampDay(view.asOfMs(), day)
                + ", when as much as today is allowed. It ends within minutes whenever less is sent than is allowed.";
    }

    private void wanted(List<String> words, List<Ramp.Day> ramp, long asOfMs) {
        Long wanted = question.wantedPerDay();
        if (wanted == null) {
            return;
        }
        int day = dayFor(wanted, ramp);
        String volume = Figures.count(wanted) + " recipients a day";
        if (day < 0) {
            words.add(volume + " are not free within " + ramp.size()
                    + " days of growing: ask the postmaster of the receiving site.");
        } else {
            words.add(volume + " are free " + (day == 0 ? "today" : "from " + Figures.rampDay(asOfMs, day) + " on")
                    + ", if each day until then uses what it may.");
        }
    }

    /** The first day on which so much is free; -1 for none. */
    private static int dayFor(long volume, List<Ramp.Day> ramp) {
        return ramp.stream()
                .filter(day -> day.volume() >= volume)
                .mapToInt(Ramp.Day::day)
                .findFirst()
                .orElse(-1);
    }

    private static String span(long ms) {
        if (ms < HOUR_MS) {
            return ms / Horizon.SLOT_MS + " minutes";
        }
        return ms == HOUR_MS ? "1 hour" : ms / HOUR_MS + " hours";
    }
}
