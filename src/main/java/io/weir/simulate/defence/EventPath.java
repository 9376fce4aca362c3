package io.weir.simulate.defence;

import io.weir.model.ConnectionEvent;
import io.weir.simulate.Dice;
import io.weir.simulate.scenario.Plumbing;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** How events get from the edges to the judgement: some twice, and late. */
final class EventPath {
    private final Plumbing plumbing;
    private final Consumer<ConnectionEvent> judgement;
    private final PriorityQueue<Repeated> repeated =
            new PriorityQueue<>(Comparator.comparingLong(Repeated::dueMs).thenComparingLong(Repeated::number));
    private long sent;

    private record Repeated(long dueMs, long number, ConnectionEvent event) {}

    EventPath(Plumbing plumbing, Consumer<ConnectionEvent> judgement) {
        this.plumbing = plumbing;
        this.judgement = judgement;
    }

    void send(ConnectionEvent event, long nowMs) {
        judgement.accept(event);
        sent++;
        if (plumbing.duplicateShare() > 0 && Dice.part(sent) < plumbing.duplicateShare()) {
            long late = (long) (Dice.part(-sent) * plumbing.duplicateLateMs());
            repeated.add(new Repeated(nowMs + late, sent, event));
        }
    }

    void advance(long nowMs) {
        for (Repeated next = repeated.peek(); next != null && next.dueMs <= nowMs; next = repeated.peek()) {
            repeated.remove();
            judgement.accept(next.event);
        }
    }
}
