package io.weir.simulate.scenario;

import io.weir.simulate.Arrivals;
import io.weir.simulate.DrawnArrivals;
import io.weir.simulate.Spans;
import java.util.ArrayList;
import java.util.List;

/** One seed's case of a family whose arrivals are drawn once, to be sent to as many judges as one likes. */
public final class Recording {
    private final Family family;
    private final Ranges ranges;
    private final long seed;
    private final List<Arrivals> arrivals = new ArrayList<>();

    public Recording(Family family, Ranges ranges, long seed) {
        this.family = family;
        this.ranges = ranges;
        this.seed = seed;
        Scenario scenario = family.scenario(ranges, seed);
        long endMs = scenario.endMs() + Spans.DAY_MS;
        for (Actor actor : scenario.actors()) {
            arrivals.add(DrawnArrivals.of(actor.arrivals(), scenario.calendar().startMs(), endMs));
        }
    }

    /** The case, to be sent once. */
    public Scenario scenario() {
        Scenario scenario = family.scenario(ranges, seed);
        List<Actor> actors = new ArrayList<>();
        for (int i = 0; i < arrivals.size(); i++) {
            actors.add(scenario.actors().get(i).sending(arrivals.get(i)));
        }
        return scenario.by(actors);
    }
}
