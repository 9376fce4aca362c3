package io.weir.replay.offline;

import io.weir.replay.offline.Decision.Fate;
import io.weir.throttle.BrakeCount;
import io.weir.throttle.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the moments at which an edge's brake would have stopped everything, taken that it was released each time. */
public final class BrakeWatch implements Observer {
    /** Nobody needs to read of more. */
    private static final int MOST_TRIPS = 100;

    private static final int MOST_EDGES = 10_000;

    private final BrakeCount.Limits limits;
    private final Map<String, BrakeCount> byEdge = new HashMap<>();
    private final List<Trip> trips = new ArrayList<>();
    private long count;

    /**
     * A brake trips.
     *
     * @param what was too much, for a person
     */
    public record Trip(long atMs, String edge, String what) {}

    public BrakeWatch(BrakeCount.Limits limits) {
        this.limits = limits;
    }

    @Override
    public void decided(Decision decision) {
        if (byEdge.size() >= MOST_EDGES && !byEdge.containsKey(decision.edge())) {
            return;
        }
        BrakeCount edge = byEdge.computeIfAbsent(decision.edge(), name -> new BrakeCount(limits));
        boolean defers = decision.fate() == Fate.DEFERRED;
        edge.add(isEstablished(decision), defers, decision.atMs());
        String excess = defers ? edge.excess(decision.atMs()) : null;
        if (excess != null) {
            edge.clear();
            count++;
            if (trips.size() < MOST_TRIPS) {
                trips.add(new Trip(decision.atMs(), decision.edge(), excess));
            }
        }
    }

    /** As an edge sees it, which knows of a sender but the verdict. */
    private static boolean isEstablished(Decision decision) {
        return decision.verdict() == null
                || !Reason.isOfNewcomers(decision.verdict().reason());
    }

    /** The first of them. */
    public List<Trip> trips() {
        return trips;
    }

    /** How many there would have been. */
    public long count() {
        return count;
    }
}
