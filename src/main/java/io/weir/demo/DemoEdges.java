package io.weir.demo;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.WeirEvent;
import io.weir.simulate.Mail;
import io.weir.simulate.Reply;
import io.weir.simulate.VirtualEdge;
import io.weir.throttle.AdmitRule;
import io.weir.throttle.Knowledge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The site's two mail servers. They report what they saw summed up per minute, sender and outcome. */
final class DemoEdges {
    private final List<VirtualEdge> edges;
    private final Map<Group, Sum> sums = new LinkedHashMap<>();

    DemoEdges(AdmitRule rule) {
        this.edges = List.of(new VirtualEdge("mx1.demo", rule), new VirtualEdge("mx2.demo", rule));
    }

    private record Group(int edge, long minute, MailStream stream, Outcome outcome) {}

    private static final class Sum {
        private int recipients;
        private int retries;
        private int wouldDefer;
        private long lastMs;
    }

    /** Any of them, by chance. */
    VirtualEdge any(long chance) {
        return edges.get((int) Math.floorMod(chance, (long) edges.size()));
    }

    Reply answer(Mail mail, Knowledge knowledge) {
        int edge = mail.exchanger(edges.size());
        VirtualEdge.Seen seen = edges.get(edge).attempt(mail, knowledge);
        long now = mail.dueMs();
        Group group = new Group(edge, now / DemoCalendar.MINUTE_MS, (MailStream) mail.source(), seen.outcome());
        Sum sum = sums.computeIfAbsent(group, first -> new Sum());
        sum.recipients++;
        sum.retries += seen.retry() ? 1 : 0;
        sum.wouldDefer += seen.wouldDefer() ? 1 : 0;
        sum.lastMs = now;
        return seen.reply();
    }

    /** What they saw since the last time, in the order of time. */
    List<WeirEvent> report() {
        List<Map.Entry<Group, Sum>> seen = new ArrayList<>(sums.entrySet());
        seen.sort(Comparator.comparingLong(entry -> entry.getValue().lastMs));
        sums.clear();
        List<WeirEvent> events = new ArrayList<>(seen.size());
        for (Map.Entry<Group, Sum> entry : seen) {
            events.add(event(entry.getKey(), entry.getValue()));
        }
        return events;
    }

    private ConnectionEvent event(Group group, Sum sum) {
        MailStream stream = group.stream();
        return edges.get(group.edge())
                .event(
                        stream.client(),
                        stream.nullSender(),
                        group.outcome(),
                        sum.lastMs,
                        sum.recipients,
                        sum.recipients,
                        sum.retries,
                        sum.wouldDefer);
    }
}
