package io.weir.throttle;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Mixed mail of one client over some days, in order of time: every outcome, bounces, retries, pauses, surges. */
final class Histories {
    /** A record that none of them exceeds. */
    static final PerHorizon AMPLE = new PerHorizon(20_000, 100_000, 200_000);

    private Histories() {}

    /** About {@code perDay} events a day from day 1 on, each day in a few sessions. */
    static List<ConnectionEvent> random(Random random, String address, int days, int perDay) {
        List<ConnectionEvent> events = new ArrayList<>();
        for (int day = 1; day <= days; day++) {
            if (random.nextInt(6) > 0) {
                events.addAll(day(random, address, day, perDay));
            }
        }
        events.sort(java.util.Comparator.comparingLong(ConnectionEvent::occurredAtMs));
        return events;
    }

    private static List<ConnectionEvent> day(Random random, String address, int day, int perDay) {
        List<ConnectionEvent> events = new ArrayList<>();
        int sessions = 1 + random.nextInt(3);
        for (int session = 0; session < sessions; session++) {
            long begin = Scenario.time(day, "00:00") + random.nextInt((int) Scenario.DAY_MS);
            long pause = (long) (1000 * Math.pow(10, random.nextDouble() * 2.5));
            int largest = 1 + random.nextInt(1 << random.nextInt(7));
            long at = begin;
            for (int i = 0; i < perDay / sessions && at < Scenario.time(day + 1, "00:00"); i++) {
                events.add(mail(random, 1 + random.nextInt(largest)).from(address, at));
                at += 1 + (long) (pause * 2 * random.nextDouble());
            }
        }
        return events;
    }

    private static Mail mail(Random random, int recipients) {
        Outcome[] others = Outcome.values();
        Outcome outcome = random.nextInt(4) > 0 ? Outcome.ADMITTED : others[random.nextInt(others.length)];
        int retries = random.nextInt(5) == 0 ? random.nextInt(recipients + 1) : 0;
        return new Mail(outcome, recipients, retries, 0, random.nextInt(10) == 0);
    }
}
