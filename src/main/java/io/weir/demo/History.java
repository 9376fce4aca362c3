package io.weir.demo;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.WeirEvent;
import io.weir.simulate.Dice;
import io.weir.simulate.VirtualEdge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * The four weeks before the incidents, open loop: nobody waits for a verdict, everything is accepted. Edges sum up what one sender did within
 * a minute, and of busy senders within five.
 */
final class History {
    private static final int BUSY_PER_HOUR = 12;
    private static final long MINUTE = DemoCalendar.MINUTE_MS;

    private final List<MailStream> streams;
    private final DemoEdges edges;
    private long events;
    private long recipients;

    History(List<MailStream> streams, DemoEdges edges) {
        this.streams = List.copyOf(streams);
        this.edges = edges;
    }

    private record Sum(MailStream stream, Outcome outcome, long lastMs, int recipients) {}

    /** What happened from {@code fromMs} to {@code toMs}, hour by hour, each hour in the order of time. */
    void replay(long fromMs, long toMs, Consumer<List<WeirEvent>> sink) {
        for (long hourMs = fromMs; hourMs < toMs; hourMs += DemoCalendar.HOUR_MS) {
            List<Sum> sums = new ArrayList<>();
            for (MailStream stream : streams) {
                sum(stream, stream.arrivals().between(hourMs, hourMs + DemoCalendar.HOUR_MS), sums);
            }
            sums.sort(Comparator.comparingLong(Sum::lastMs));
            sink.accept(events(sums));
        }
    }

    private static void sum(MailStream stream, long[] times, List<Sum> sums) {
        long widthMs = times.length > BUSY_PER_HOUR ? 5 * MINUTE : MINUTE;
        int begin = 0;
        while (begin < times.length) {
            int end = begin;
            int rejected = 0;
            while (end < times.length && times[end] / widthMs == times[begin] / widthMs) {
                rejected += Math.floorMod(Dice.mix(times[end]), 100L) < stream.rejectedPercent() ? 1 : 0;
                end++;
            }
            add(stream, Outcome.ADMITTED, times[end - 1], end - begin - rejected, sums);
            add(stream, Outcome.REJECTED, times[end - 1], rejected, sums);
            begin = end;
        }
    }

    private static void add(MailStream stream, Outcome outcome, long lastMs, int recipients, List<Sum> sums) {
        if (recipients > 0) {
            sums.add(new Sum(stream, outcome, lastMs, recipients));
        }
    }

    private List<WeirEvent> events(List<Sum> sums) {
        List<WeirEvent> reports = new ArrayList<>(sums.size());
        for (Sum sum : sums) {
            VirtualEdge edge = edges.any(Dice.mix(sum.lastMs()));
            MailStream stream = sum.stream();
            ConnectionEvent event = edge.event(
                    stream.client(),
                    stream.nullSender(),
                    sum.outcome(),
                    sum.lastMs(),
                    sum.recipients(),
                    sum.recipients(),
                    0,
                    0);
            reports.add(event);
            events++;
            recipients += sum.recipients();
        }
        return reports;
    }

    /** Events so far. */
    long events() {
        return events;
    }

    /** Recipients they stand for. */
    long recipients() {
        return recipients;
    }
}
