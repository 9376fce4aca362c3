package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import io.weir.model.Verdict;
import io.weir.simulate.RetrySchedule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Property 5, Retries: deferred mail, retries and hammering neither enter the record nor lengthen a throttle, and a
 * backlog drains.
 */
class RetryProperties {
    private static final String CLIENT = "203.0.113.7";

    @Property(tries = 15)
    void retriesChangeNeitherRecordNorRelease(@ForAll long seed) {
        Random random = new Random(seed);
        List<ConnectionEvent> mail = aDayWithSomethingEveryMinute(random);
        List<ConnectionEvent> hammered = new ArrayList<>(mail);
        for (int i = 0; i < 500; i++) {
            long at = Scenario.time(20, "02:00") + random.nextInt((int) (20 * Scenario.HOUR_MS));
            hammered.add(Mail.deferred(1 + random.nextInt(1000)).retried().from(CLIENT, at));
        }
        hammered.sort(Comparator.comparingLong(ConnectionEvent::occurredAtMs));
        Scenario quiet = run(mail);
        Scenario loud = run(hammered);
        assertThat(series(loud)).isEqualTo(series(quiet));
        assertThat(releaseSlots(loud)).isEqualTo(releaseSlots(quiet));
    }

    /** New mail that is deferred is demand, so the throttle stays; but it earns nothing. */
    @Property(tries = 15)
    void hammeringWithNewMailEarnsNothing(@ForAll long seed) {
        Random random = new Random(seed);
        List<ConnectionEvent> mail = aDayWithSomethingEveryMinute(random);
        List<ConnectionEvent> hammered = new ArrayList<>(mail);
        for (int i = 0; i < 500; i++) {
            long at = Scenario.time(20, "02:00") + random.nextInt((int) (20 * Scenario.HOUR_MS));
            hammered.add(Mail.deferred(1 + random.nextInt(1000)).from(CLIENT, at));
        }
        hammered.sort(Comparator.comparingLong(ConnectionEvent::occurredAtMs));
        PerHorizon quiet = run(mail).at(22, "12:00").record();
        PerHorizon loud = run(hammered).at(22, "12:00").record();
        for (Horizon horizon : Horizon.all()) {
            assertThat(loud.get(horizon)).isLessThanOrEqualTo(quiet.get(horizon));
        }
    }

    private static List<ConnectionEvent> aDayWithSomethingEveryMinute(Random random) {
        List<ConnectionEvent> mail = new ArrayList<>();
        for (int minute = 0; minute < 20 * 60; minute++) {
            long at = Scenario.time(20, "02:00") + minute * Scenario.MINUTE_MS;
            mail.add(Mail.admitted(random.nextInt(20) == 0 ? 1 + random.nextInt(400) : 1 + random.nextInt(3))
                    .from(CLIENT, at));
        }
        return mail;
    }

    private static Scenario run(List<ConnectionEvent> events) {
        Scenario site = Scenario.enforcing().restore(Senders.withRecord(new PerHorizon(100, 600, 6_000), 20));
        events.forEach(site::step);
        return site;
    }

    /** All that a later judgement depends on but the number of attempts. */
    private static List<Object> series(Scenario site) {
        Series mail = site.state().mail();
        return List.of(mail.levels(), mail.damping(), mail.fiveMinutes(), mail.hours(), mail.today(), mail.history());
    }

    private static List<Long> releaseSlots(Scenario site) {
        return site.verdicts().stream()
                .filter(verdict -> verdict.action() == Verdict.Action.ALLOW)
                .map(verdict -> verdict.decidedAtMs() / Horizon.SLOT_MS)
                .toList();
    }

    /** A message in the client's queue. */
    private record Queued(long envelope, long arrivedMs, long dueMs, int attempts) {
        Queued again(RetrySchedule schedule, long nowMs) {
            return new Queued(envelope, arrivedMs, schedule.next(arrivedMs, nowMs, attempts), attempts + 1);
        }
    }

    /**
     * A client has up to twice its busiest day's volume to send within an hour. At best it takes backlog / refill.
     * Postfix and Exchange come within a quarter of that plus two of their longest waits; Exim, which waits longer each
     * time, delivers all before it would give up.
     */
    @Property(tries = 40)
    void aBacklogDrains(@ForAll long seed, @ForAll("servers") RetrySchedule schedule) {
        Random random = new Random(seed);
        long day = 200L + random.nextInt(2_000);
        PerHorizon record =
                new PerHorizon(1 + day / (12 + random.nextInt(100)), 1 + day / (4 + random.nextInt(20)), day);
        Scenario site =
                Scenario.enforcing().restore(Senders.withRecord(record, 20)).at(20, "02:00");
        long beginMs = site.now();
        long backlog = 1 + (long) (2 * day * random.nextDouble());
        double best = slots(backlog, Terms.mail(site.state(), site.rules(), false));
        long doneMs = drain(site, queue(random, backlog, beginMs), schedule, random);
        double most = schedule == RetrySchedule.EXIM ? 4 * 24 * 60 : 60 + 1.25 * best + 2 * 67;
        assertThat((doneMs - beginMs) / (double) Scenario.MINUTE_MS)
                .as("%s, backlog of %d, record %s, at best %.0f", schedule, backlog, record, best)
                .isLessThan(most);
    }

    @Provide
    Arbitrary<RetrySchedule> servers() {
        return Arbitraries.of(RetrySchedule.POSTFIX, RetrySchedule.EXIM, RetrySchedule.EXCHANGE);
    }

    /** Backlog / refill: slots that the tightest horizon needs for what is beyond its burst. */
    private static double slots(long backlog, Allowances allowances) {
        double slots = 0;
        for (Horizon horizon : Horizon.all()) {
            Allowance allowance = allowances.get(horizon);
            double beyond = (double) (backlog - allowance.burst()) * Allowance.MICROS;
            slots = Math.max(slots, beyond / allowance.perSlotMicros());
        }
        return slots;
    }

    private static PriorityQueue<Queued> queue(Random random, long backlog, long beginMs) {
        PriorityQueue<Queued> queue =
                new PriorityQueue<>(Comparator.comparingLong(Queued::dueMs).thenComparingLong(Queued::envelope));
        for (long i = 0; i < backlog; i++) {
            long at = beginMs + random.nextInt((int) Scenario.HOUR_MS);
            queue.add(new Queued(random.nextLong(), at, at, 1));
        }
        return queue;
    }

    /** Tries what is due until all is delivered; a transaction takes the client a while. Returns when that is. */
    private static long drain(Scenario site, PriorityQueue<Queued> queue, RetrySchedule schedule, Random random) {
        ObeyingEdge edge = new ObeyingEdge(site, 100);
        for (int i = 0; i < 1_000_000 && !queue.isEmpty(); i++) {
            Queued next = queue.remove();
            site.pass(Math.max(0, next.dueMs() - site.now()) + random.nextInt(2 * schedule.transactionMs()));
            if (!edge.attempt(next.envelope(), 1, next.attempts() > 1)) {
                queue.add(next.again(schedule, site.now()));
            }
        }
        assertThat(queue).isEmpty();
        return site.now();
    }
}
