package io.weir.demo;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.throttle.Answer;
import io.weir.throttle.Attempt;
import io.weir.throttle.EdgeDecision;
import io.weir.throttle.EnvelopeMemory;
import io.weir.throttle.Knowledge;
import io.weir.throttle.Waiting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mail server with Weir beside it, without the sockets: decides on each attempt as every edge does, remembers what it deferred, and
 * reports what it saw, summed up per minute, sender and outcome.
 */
final class VirtualEdge {
    private static final int REMEMBERED = 200_000;
    private static final long REMEMBERED_MS = 5 * DemoCalendar.DAY_MS;
    private static final int MESSAGE_BYTES = 24_000;

    private final String name;
    private final EnvelopeMemory memory = new EnvelopeMemory(REMEMBERED, REMEMBERED_MS);
    private final Map<Group, Sum> sums = new LinkedHashMap<>();
    private long seq;

    VirtualEdge(String name) {
        this.name = name;
    }

    private record Group(long minute, MailStream stream, Outcome outcome) {}

    private static final class Sum {
        private int recipients;
        private int retries;
        private int wouldDefer;
        private long lastMs;
    }

    /** Answers the attempt that is due. True when it was deferred. */
    boolean defers(Mail mail, Knowledge knowledge) {
        long now = mail.dueMs();
        MailStream stream = mail.stream();
        SenderKey sender = stream.client().sender();
        Waiting waiting = memory.waiting(sender, mail.envelope(), now);
        Attempt attempt = new Attempt(
                sender, false, stream.nullSender(), mail.envelope(), waiting, memory.floorUsed(sender, now));
        Answer answer = EdgeDecision.decide(attempt, knowledge, now);
        memory.answered(sender, mail.envelope(), answer, now);

        Sum sum = sums.computeIfAbsent(
                new Group(now / DemoCalendar.MINUTE_MS, stream, outcome(mail, answer)), group -> new Sum());
        sum.recipients++;
        sum.retries += waiting != null ? 1 : 0;
        sum.wouldDefer += answer instanceof Answer.WouldDefer ? 1 : 0;
        sum.lastMs = now;
        return answer.defers();
    }

    private static Outcome outcome(Mail mail, Answer answer) {
        if (answer.defers()) {
            return Outcome.DEFERRED;
        }
        return mail.rejected() ? Outcome.REJECTED : Outcome.ADMITTED;
    }

    /** What it saw since the last time, in the order of time. */
    List<ConnectionEvent> report() {
        List<Map.Entry<Group, Sum>> seen = new ArrayList<>(sums.entrySet());
        seen.sort(Comparator.comparingLong(entry -> entry.getValue().lastMs));
        sums.clear();
        List<ConnectionEvent> events = new ArrayList<>(seen.size());
        for (Map.Entry<Group, Sum> entry : seen) {
            Sum sum = entry.getValue();
            Group group = entry.getKey();
            events.add(event(group.stream(), group.outcome(), sum.lastMs, sum.recipients, sum.retries, sum.wouldDefer));
        }
        return events;
    }

    /** One event of this edge; times must not go back from one to the next. */
    ConnectionEvent event(MailStream stream, Outcome outcome, long atMs, int recipients, int retries, int wouldDefer) {
        return new ConnectionEvent(
                true,
                name,
                ++seq,
                atMs,
                stream.client().text(),
                stream.client().sender(),
                outcome,
                recipients,
                recipients,
                retries,
                wouldDefer,
                outcome == Outcome.ADMITTED ? (long) recipients * MESSAGE_BYTES : 0,
                stream.nullSender(),
                null,
                ConnectionEvent.Facts.NONE);
    }
}
