package io.weir.simulate.score;

import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.serde.EventJson;
import io.weir.simulate.Mail;
import io.weir.simulate.MailFlow;
import io.weir.simulate.Reply;
import io.weir.simulate.Spans;
import io.weir.simulate.scenario.Actor;
import io.weir.simulate.scenario.Outage;
import io.weir.simulate.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A scenario's traffic as a site would see it that defers nothing: one connection event a line, in the order of time, and with it what the
 * contract does not know: {@code truth}, {@code family}, {@code source} (which of the family's) and {@code retrySchedule}. A gap is a line of
 * its own.
 */
public final class LabelledTraffic {
    private final Scenario scenario;
    private final EventJson json = new EventJson();
    private final Appendable out;

    private LabelledTraffic(Scenario scenario, Appendable out) {
        this.scenario = scenario;
        this.out = out;
    }

    /**
     * Writes a scenario that has not been sent yet.
     *
     * @throws IOException when it cannot be written
     */
    public static void write(Scenario scenario, Appendable out) throws IOException {
        try {
            new LabelledTraffic(scenario, out).run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void run() throws IOException {
        MailFlow flow = new MailFlow(scenario.actors());
        Gap gap = scenario.gap();
        boolean told = gap == null;
        long endMs = scenario.endMs();
        for (long nowMs = scenario.calendar().startMs(); nowMs < endMs || flow.waiting() > 0; ) {
            long nextMs = nowMs + Spans.HOUR_MS;
            if (gap != null && !told && gap.toMs() < nextMs) {
                flow.run(nowMs, gap.toMs(), this::see);
                line(json.write(gap), "");
                nowMs = gap.toMs();
                told = true;
            }
            flow.run(nowMs, nextMs, this::see);
            nowMs = nextMs;
        }
    }

    private Reply see(Mail mail) {
        Outage outage = scenario.outage();
        if (outage != null && outage.covers(mail.dueMs())) {
            return Reply.UNREACHABLE;
        }
        Actor actor = (Actor) mail.source();
        Reply reply = Reply.passed(mail);
        ConnectionEvent event = new ConnectionEvent(
                true,
                "mx" + (1 + mail.exchanger(scenario.plumbing().edges())),
                ConnectionEvent.NO_SEQ,
                mail.dueMs(),
                mail.client().text(),
                mail.client().sender(),
                reply.outcome(),
                1,
                mail.recipients(),
                0,
                0,
                0,
                mail.source().nullSender(),
                null,
                ConnectionEvent.Facts.NONE);
        line(
                json.write(event),
                ",\"truth\":\"" + actor.truth().label() + "\",\"source\":\"" + actor.name() + "\",\"retrySchedule\":\""
                        + actor.retries().id() + "\"");
        return reply;
    }

    /** The names are ours and need no escapes. */
    private void line(byte[] event, String labels) {
        String object = new String(event, StandardCharsets.UTF_8);
        try {
            out.append(object, 0, object.length() - 1)
                    .append(",\"family\":\"")
                    .append(scenario.family().id())
                    .append('"')
                    .append(labels)
                    .append("}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
