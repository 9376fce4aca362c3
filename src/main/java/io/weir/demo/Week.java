package io.weir.demo;

import io.weir.model.Gap;
import io.weir.simulate.MailFlow;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Ramp;
import io.weir.throttle.Rules;
import io.weir.throttle.SenderView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The week of the incidents, in lock-step: the edges send one step, wait until it is judged, obey, and go on. No verdict is older at demo
 * speed than it would be at the speed of life.
 */
final class Week {
    private static final long MINUTE = DemoCalendar.MINUTE_MS;

    /** In a rush verdicts come within a fraction of a second; a whole minute obeyed late would let too much through. */
    private static final long RUSH_STEP_MS = 10_000;

    private static final long RUSH_MS = 2 * MINUTE;
    private static final int MANY_WAITING = 50;
    private static final int FLUSH_MINUTES = 70;
    private static final int MOST_STEPS = 2_000;

    private final DemoCalendar calendar;
    private final Cast cast;
    private final List<MailStream> everybody;
    private final MailFlow flow;
    private final DemoEdges edges;
    private final Stage stage;
    private final Account account;
    private final Lines lines;
    private final Rules rules;
    private final Pace pace = new Pace();
    private final TreeMap<Long, Runnable> cues = new TreeMap<>();
    private Tally.Counts beforeFlush = Tally.NONE;
    private Tally.Counts flushed = Tally.NONE;
    private int steps;

    Week(
            DemoCalendar calendar,
            Cast cast,
            List<MailStream> everybody,
            MailFlow flow,
            DemoEdges edges,
            Stage stage,
            Account account,
            Lines lines,
            Rules rules) {
        this.calendar = calendar;
        this.cast = cast;
        this.everybody = everybody;
        this.flow = flow;
        this.edges = edges;
        this.stage = stage;
        this.account = account;
        this.lines = lines;
        this.rules = rules;
        ramp();
        blast();
        newsletter();
        surge();
        outage();
        storm();
        snowshoe();
    }

    /** Plays it, and tells how many steps that took. */
    int play() {
        lines.title("The week of the incidents");
        long now = calendar.liveMs();
        while (now < calendar.endMs()) {
            if (++steps > MOST_STEPS) {
                throw new DemoException("the demo did not come to its end within " + MOST_STEPS + " steps; it is at "
                        + DemoCalendar.time(now));
            }
            Runnable cue = cues.get(now);
            if (cue != null) {
                cue.run();
            }
            long next = pace.next(now, mostMs(now));
            flow.run(now, next, mail -> edges.answer(mail, stage.verdicts()));
            stage.publish(edges.report());
            stage.settle();
            account.advance(next);
            now = next;
        }
        return steps;
    }

    /** As long as mail waits to come back, what it finds when it does must not be old. */
    private long mostMs(long nowMs) {
        if (Cast.outage(calendar).covers(nowMs)) {
            return Long.MAX_VALUE;
        }
        if (nowMs - account.lastReleaseMs() < RUSH_MS && flow.waiting() > 0) {
            return RUSH_STEP_MS;
        }
        if (!stage.verdicts().throttlesAt(nowMs).isEmpty()) {
            return MINUTE;
        }
        if (flow.waiting() >= MANY_WAITING) {
            return 2 * MINUTE;
        }
        return flow.waiting() > 0 ? 10 * MINUTE : Long.MAX_VALUE;
    }

    private void cue(long ms, Runnable action) {
        pace.stop(ms);
        cues.merge(ms, action, (first, second) -> () -> {
            first.run();
            second.run();
        });
    }

    private void ramp() {
        for (int day = DemoCalendar.FIRST_LIVE_DAY; day < DemoCalendar.DAYS; day++) {
            long morning = calendar.at(day, RampArrivals.FIRST_HOUR, 0);
            cue(morning, () -> follow(morning));
            pace.step(morning, morning + RampArrivals.HOURS * DemoCalendar.HOUR_MS, DemoCalendar.HOUR_MS);
        }
    }

    private void follow(long morning) {
        Optional<SenderView> view = stage.ask(cast.ramper().client().sender(), morning);
        Ramp.Day today = view.map(SenderView::ramp)
                .orElseGet(() -> Ramp.of(PerHorizon.ZERO, rules, 1))
                .get(0);
        cast.advised().follow(today, morning);
        lines.at(
                morning,
                String.format(
                        Locale.ROOT,
                        "ramp       %s  sends the %,d that the ramp advises for today",
                        cast.ramper().client().text(),
                        today.volume()));
    }

    private void blast() {
        long begin = Cast.blastMs(calendar);
        cue(
                begin,
                () -> lines.incident(
                        begin,
                        cast.blaster().client().text() + ", never seen before, sends " + Cast.BLAST_PER_MINUTE
                                + " a minute and never tries again"));
        pace.step(begin, begin + RUSH_MS, RUSH_STEP_MS);
        pace.step(begin, Cast.blastEndMs(calendar), MINUTE);
    }

    private void newsletter() {
        long begin = calendar.at(Cast.SURGE_DAY, Cast.NEWSLETTER_HOUR, 0);
        cue(begin, () -> {
            lines.incident(
                    begin,
                    "the weekly newsletter of " + cast.newsletter().client().text() + " goes out");
            known(cast.newsletter(), begin);
        });
    }

    private void surge() {
        long begin = Cast.surgeMs(calendar);
        cue(begin, () -> {
            lines.incident(
                    begin,
                    "an account at " + cast.victim().client().text() + " is hijacked: " + Cast.SURGE_FACTOR
                            + " times the usual traffic");
            known(cast.victim(), begin);
        });
        pace.step(begin, begin + RUSH_MS, RUSH_STEP_MS);
        long end = Cast.surgeEndMs(calendar);
        pace.step(begin, end, MINUTE);
        cue(end, () -> {
            lines.incident(
                    end, "its postmaster sees the deferrals, locks the account and deletes what the thief has queued");
            flow.purge(cast.thief());
        });
    }

    private void outage() {
        Outage outage = Cast.outage(calendar);
        long over = outage.toMs() + FLUSH_MINUTES * MINUTE;
        cue(outage.fromMs(), () -> {
            flow.firstTry(outage::firstTryMs);
            lines.incident(outage.fromMs(), "our own line is down; all mail waits in its senders' queues");
        });
        cue(outage.toMs(), () -> {
            beforeFlush = Tally.sum(everybody);
            stage.publish(List.of(new Gap("demo", outage.toMs(), outage.fromMs(), outage.toMs())));
            lines.incident(
                    outage.toMs(),
                    "we are back after " + DemoCalendar.span(outage.toMs() - outage.fromMs())
                            + " and say so by a gap record; everybody's queues come at once");
        });
        cue(over, () -> {
            flushed = Tally.sum(everybody).since(beforeFlush);
            lines.at(
                    over,
                    String.format(
                            Locale.ROOT,
                            "the queues are empty: %,d messages in %s, %,d of them deferred",
                            flushed.messages(),
                            DemoCalendar.span(FLUSH_MINUTES * MINUTE),
                            flushed.messagesDeferred()));
        });
    }

    /** What the edges answered while the queues came after our outage. */
    Tally.Counts flushed() {
        return flushed;
    }

    private void storm() {
        long begin = Cast.stormMs(calendar);
        cue(begin, () -> {
            lines.incident(
                    begin,
                    "the shop at " + cast.shop().client().text() + " mails " + Cast.STORM_VOLUME + " customers in "
                            + Cast.STORM_MINUTES + " minutes, and retries every minute");
            known(cast.shop(), begin);
        });
        pace.step(begin, begin + RUSH_MS, RUSH_STEP_MS);
        pace.step(begin, begin + Cast.STORM_MINUTES * MINUTE, MINUTE);
    }

    private void snowshoe() {
        long begin = Cast.snowshoeMs(calendar);
        cue(
                begin,
                () -> lines.incident(
                        begin,
                        Cast.SNOWSHOE_SIZE + " addresses of " + Cast.SNOWSHOE_NETWORK
                                + ", never seen before, send a message a minute each; none of them alone is too much"));
        pace.step(begin, begin + RUSH_MS, RUSH_STEP_MS);
        pace.step(begin, begin + (Cast.SNOWSHOE_EACH + 1) * MINUTE, MINUTE);
    }

    /** What the engine knows of a sender before its incident. */
    private void known(MailStream stream, long atMs) {
        stage.ask(stream.client().sender(), atMs).ifPresent(view -> lines.more(Views.line(view)));
    }
}
