package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Property 7, Order and time. Mail that comes late or shuffled never earns more within its day than on time. Which minutes
 * of a surge vouch depends on the order; but in any order no window vouches for more than it truly held, nor for more than
 * a day may grow, and of mail within the allowance not even a window earns more. (Duplicates never reach a step: the engine drops them by the edges' sequences.)
 */
class OrderProperties {
    private static final String CLIENT = "203.0.113.7";

    @Property(tries = 60)
    void mailWithinTheAllowanceNeverEarnsMoreWhenItIsLate(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3_600_000) int latestMs, @ForAll boolean learning) {
        Random random = new Random(seed);
        List<ConnectionEvent> events = Histories.random(random, CLIENT, 5, 100);
        events.removeIf(event -> event.outcome() == Outcome.REJECTED);
        Scenario onTime = run(events, learning);
        Scenario late = run(shuffled(events, random, latestMs), learning);
        assertThat(onTime.verdicts()).isEmpty();
        for (Horizon horizon : Horizon.all()) {
            assertThat(earned(late, horizon)).as("%s", horizon).isLessThanOrEqualTo(earned(onTime, horizon));
        }
    }

    @Property(tries = 60)
    void inNoOrderAWindowVouchesForMoreThanItHeld(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3_600_000) int latestMs) {
        Random random = new Random(seed);
        List<ConnectionEvent> events = Histories.random(random, CLIENT, 1, 200);
        Scenario late = Scenario.enforcing();
        shuffled(events, random, latestMs).forEach(late::step);
        if (late.at(2, "12:00").state() != null) {
            PerHorizon record = late.record();
            for (Horizon horizon : Horizon.all()) {
                double mayGrow = 2 * late.rules().mail().base(horizon);
                assertThat(record.get(horizon)).isLessThanOrEqualTo(held(events, horizon));
                assertThat((double) record.get(horizon)).isLessThanOrEqualTo(mayGrow);
            }
        }
    }

    /** Whatever is beyond the allowance: by the day, no order earns more than the right one. */
    @Property(tries = 60)
    void aDayNeverEarnsMoreWhenItsMailIsLate(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3_600_000) int latestMs) {
        Random random = new Random(seed);
        List<ConnectionEvent> events = Histories.random(random, CLIENT, 1, 200);
        events.removeIf(event -> event.outcome() == Outcome.REJECTED);
        Scenario onTime = Scenario.enforcing();
        events.forEach(onTime::step);
        Scenario late = Scenario.enforcing();
        shuffled(events, random, latestMs).forEach(late::step);
        if (!events.isEmpty()) {
            assertThat(late.at(2, "12:00").record().day())
                    .isLessThanOrEqualTo(onTime.at(2, "12:00").record().day());
        }
    }

    /** What the five days have earned: the record without the past that all of them lie within. */
    private static long earned(Scenario site, Horizon horizon) {
        List<PackedRows.Row> days = Advance.to(site.now(), site.state(), site.controls())
                .state()
                .mail()
                .history()
                .days()
                .rows();
        long past = Senders.withRecord(Histories.AMPLE, 1)
                .mail()
                .history()
                .days()
                .rows()
                .get(0)
                .index();
        return days.stream()
                .filter(row -> row.index() > past)
                .mapToLong(row -> row.get(horizon.ordinal()))
                .max()
                .orElse(0);
    }

    /** The most that an aligned window held of admitted mail. */
    private static long held(List<ConnectionEvent> events, Horizon horizon) {
        Map<Long, Long> windows = new HashMap<>();
        for (ConnectionEvent event : events) {
            if (event.outcome() == Outcome.ADMITTED && !event.nullSender()) {
                windows.merge(event.occurredAtMs() / horizon.millis(), (long) event.recipients(), Long::sum);
            }
        }
        return windows.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static List<ConnectionEvent> shuffled(List<ConnectionEvent> events, Random random, int latestMs) {
        Map<ConnectionEvent, Long> arrival = new IdentityHashMap<>();
        events.forEach(event -> arrival.put(event, event.occurredAtMs() + random.nextInt(latestMs)));
        List<ConnectionEvent> late = new ArrayList<>(events);
        late.sort(Comparator.comparing(arrival::get));
        return late;
    }

    private static Scenario run(List<ConnectionEvent> events, boolean learning) {
        Scenario site = Scenario.enforcing().restore(Senders.withRecord(Histories.AMPLE, 1));
        if (learning) {
            site.learning(4);
        }
        events.forEach(site::step);
        return site.at(8, "12:00");
    }
}
