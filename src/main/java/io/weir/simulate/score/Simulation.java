package io.weir.simulate.score;

import io.weir.model.Gap;
import io.weir.simulate.Mail;
import io.weir.simulate.MailFlow;
import io.weir.simulate.Reply;
import io.weir.simulate.Spans;
import io.weir.simulate.defence.Defence;
import io.weir.simulate.scenario.Actor;
import io.weir.simulate.scenario.Outage;
import io.weir.simulate.scenario.Scenario;
import io.weir.simulate.scenario.Surge;

/**
 * One scenario against one defence, from its first day until every message is delivered or given up. Its actors count what becomes of their
 * mail, so that a scenario can be run once.
 */
final class Simulation {
    /** Longer than any sender tries. */
    private static final int DRAIN_DAYS = 6;

    private final Scenario scenario;
    private final Defence defence;
    private final MailFlow flow;
    private long drainMs;

    Simulation(Scenario scenario, Defence defence) {
        this.scenario = scenario;
        this.defence = defence;
        this.flow = new MailFlow(scenario.actors());
    }

    Score run() {
        long startMs = scenario.calendar().startMs();
        long judgedMs = Math.max(startMs, scenario.campaignMs() - defence.memoryDays() * Spans.DAY_MS);
        long endMs = scenario.endMs();
        long nowMs = startMs;
        while (nowMs < endMs || (flow.waiting() > 0 && nowMs < endMs + DRAIN_DAYS * Spans.DAY_MS)) {
            long nextMs = nextMs(nowMs);
            if (nowMs < judgedMs) {
                flow.skip(nowMs, nextMs);
            } else {
                happenings(nowMs);
                flow.run(nowMs, nextMs, this::answer);
            }
            nowMs = nextMs;
        }
        return Score.of(scenario, drainMs, defence);
    }

    /** The end of the hour, or a moment at which something else happens. */
    private long nextMs(long nowMs) {
        long next = (nowMs / Spans.HOUR_MS + 1) * Spans.HOUR_MS;
        next = earlier(next, nowMs, scenario.campaignMs());
        next = earlier(next, nowMs, scenario.campaignEndMs());
        return next;
    }

    private static long earlier(long next, long nowMs, long moment) {
        return moment > nowMs && moment < next ? moment : next;
    }

    private void happenings(long nowMs) {
        Gap gap = scenario.gap();
        if (gap != null && gap.toMs() == nowMs) {
            defence.tell(gap);
        }
        Surge surge = scenario.surge();
        if (surge != null && surge.beginMs() == nowMs) {
            drainMs = defence.drainMs(surge);
        }
        for (Actor actor : scenario.actors()) {
            if (actor.purgeMs() == nowMs) {
                flow.purge(actor);
            }
        }
    }

    private Reply answer(Mail mail) {
        Outage outage = scenario.outage();
        return outage != null && outage.covers(mail.dueMs()) ? Reply.UNREACHABLE : defence.answer(mail);
    }
}
