package io.weir.simulate.scenario;

import io.weir.model.Connector;
import io.weir.model.Gap;
import io.weir.model.OperatorOverride;
import io.weir.simulate.Spans;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One seed's traffic of one family, ready to be sent once: its actors count what becomes of it.
 *
 * @param parameters what was drawn, by name
 * @param campaignMs when what the family is about begins
 * @param campaignEndMs when it ends
 * @param outage a time in which nobody reaches us
 * @param gap what the edges tell of it
 * @param overrides an operator's word, for its time
 * @param connectors which clients are the operator's own
 * @param surge what has to drain, if that is what the family is about
 */
public record Scenario(
        Family family,
        long seed,
        Map<String, String> parameters,
        Calendar calendar,
        List<Actor> actors,
        Plumbing plumbing,
        long campaignMs,
        long campaignEndMs,
        @Nullable Outage outage,
        @Nullable Gap gap,
        List<OperatorOverride> overrides,
        List<Connector> connectors,
        @Nullable Surge surge) {
    public Scenario {
        actors = List.copyOf(actors);
        overrides = List.copyOf(overrides);
        connectors = List.copyOf(connectors);
    }

    /** The same by other actors. */
    Scenario by(List<Actor> others) {
        return new Scenario(
                family,
                seed,
                parameters,
                calendar,
                others,
                plumbing,
                campaignMs,
                campaignEndMs,
                outage,
                gap,
                overrides,
                connectors,
                surge);
    }

    /** From then on nobody sends anything new. */
    public long endMs() {
        return Math.max(calendar.endMs(), campaignEndMs + Spans.DAY_MS);
    }

    /** Actors of one truth. */
    public List<Actor> of(Truth truth) {
        return having(actor -> actor.truth() == truth);
    }

    private List<Actor> having(Predicate<Actor> condition) {
        return actors.stream().filter(condition).toList();
    }

    /** How long the campaign was, days; at least one, since what is delivered in an hour is delivered that day. */
    public double campaignDays() {
        return Math.max(1, (double) (campaignEndMs - campaignMs) / Spans.DAY_MS);
    }
}
