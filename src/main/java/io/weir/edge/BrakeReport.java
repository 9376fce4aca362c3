package io.weir.edge;

import io.weir.edge.EventSpool.Pending;
import io.weir.model.BrakeChange;
import io.weir.serde.EventJson;
import java.util.List;
import java.util.function.LongSupplier;

/** Tells the rest of the site, by an event, that this edge's brake went on or was released: whoever watches there need not look at each edge. */
final class BrakeReport {
    private final EventJson json = new EventJson();
    private final Brake brake;
    private final String edge;
    private final LongSupplier clock;

    BrakeReport(Brake brake, String edge, LongSupplier clock) {
        this.brake = brake;
        this.edge = edge;
        this.clock = clock;
    }

    /** To be called now and then: keeps what has changed since. */
    synchronized void writeTo(EventSpool spool) {
        List<Brake.Change> changes = brake.untold();
        if (changes.isEmpty()) {
            return;
        }
        long now = clock.getAsLong();
        spool.add(changes.stream().map(change -> pending(change, now)).toList());
        brake.told(changes.size());
    }

    /** Keyed by the edge: its changes stay in order. */
    private Pending pending(Brake.Change change, long nowMs) {
        return new Pending(
                nowMs, edge, number -> json.write(new BrakeChange(edge, number, nowMs, change.on(), change.why())));
    }
}
