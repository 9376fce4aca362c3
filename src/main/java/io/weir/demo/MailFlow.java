package io.weir.demo;

import io.weir.model.ConnectionEvent;
import io.weir.model.WeirEvent;
import io.weir.throttle.AdmitRule;
import io.weir.throttle.Knowledge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** All mail under way between the senders and our edges: new messages arrive, deferred ones come back when their senders try again. */
final class MailFlow {
    private final List<MailStream> streams;
    private final List<VirtualEdge> edges;
    private final AdmitRule rule;
    private final PriorityQueue<Mail> waiting = new PriorityQueue<>();
    private long serials;
    private @Nullable Outage outage;

    MailFlow(List<MailStream> streams, List<VirtualEdge> edges, AdmitRule rule) {
        this.streams = List.copyOf(streams);
        this.edges = List.copyOf(edges);
        this.rule = rule;
    }

    /** Nothing arrives during it; what wanted to comes afterwards. */
    void beginOutage(Outage next) {
        outage = next;
    }

    /**
     * Lets everything happen that is due from {@code fromMs} on and before {@code toMs}.
     *
     * @return what the edges report, in the order of time
     */
    List<WeirEvent> run(long fromMs, long toMs, Knowledge knowledge) {
        for (MailStream stream : streams) {
            for (long ms : stream.arrivals().between(fromMs, toMs)) {
                waiting.add(arrive(stream, ms));
            }
        }
        for (Mail mail = waiting.peek(); mail != null && mail.dueMs() < toMs; mail = waiting.peek()) {
            waiting.remove();
            boolean deferred = edges.get(mail.exchanger(edges.size())).defers(mail, knowledge);
            if (mail.answered(deferred)) {
                waiting.add(mail);
            }
        }
        List<ConnectionEvent> seen = new ArrayList<>();
        edges.forEach(edge -> seen.addAll(edge.report()));
        seen.sort(Comparator.comparingLong(ConnectionEvent::occurredAtMs));
        return List.copyOf(seen);
    }

    private Mail arrive(MailStream stream, long ms) {
        long serial = ++serials;
        long dueMs = outage != null && outage.covers(ms) ? outage.backMs(serial) : ms;
        String recipient = "recipient" + serial + "@example.org";
        long envelope = rule.envelope(stream.client().sender(), stream.mailFrom(), recipient);
        return new Mail(stream, serial, envelope, dueMs);
    }

    /** The sender's owner empties its queue of a stream. */
    void purge(MailStream stream) {
        waiting.removeIf(mail -> {
            boolean purged = mail.stream().equals(stream);
            if (purged) {
                stream.tally().lost();
            }
            return purged;
        });
    }

    /** Messages that were deferred, or found us away, and are still to come. */
    int waiting() {
        return waiting.size();
    }

    /** What became of all mail so far. */
    Tally.Counts counts() {
        Tally.Counts sum = Tally.NONE;
        for (MailStream stream : streams) {
            sum = sum.plus(stream.tally().counts());
        }
        return sum;
    }
}
