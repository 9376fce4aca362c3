package io.weir.replay;

import io.weir.model.Amendment;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Gap;
import io.weir.model.Outcome;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Four weeks of made-up mail at two edges, with everything in it that the judgement knows: senders of every size who keep office hours, weekly
 * newsletters, newcomers that start small and one at full blast, hijacked accounts, bounces, rejected recipients, spam that becomes known
 * later, a gap, rules that change, events that come late and edges that repeat themselves. The same for the same seed.
 *
 * @param senders how many keep office hours
 * @param eventsPerDay of each of these, about
 */
public record SimulatedMonth(long seed, int senders, int eventsPerDay) {
    /** Monday 2026-10-05, 00:00 UTC. */
    public static final long START_MS = 1_791_158_400_000L;

    public static final int DAYS = 28;
    public static final long DAY_MS = 86_400_000;

    /** Hijacked on day 20 from 10:00 on, for three hours. */
    public static final String HIJACKED = "198.18.7.1";
    /** Comes on day 22 at 09:00, at full blast. */
    public static final String BLAST = "198.18.8.1";
    /** Comes on day 16, and doubles every day. */
    public static final String RAMPING = "198.18.9.1";

    private static final long HOUR_MS = 3_600_000;
    private static final int EDGES = 2;

    /** Without control records: what a log would tell. */
    public List<ConnectionEvent> mail() {
        return events().stream()
                .filter(ConnectionEvent.class::isInstance)
                .map(ConnectionEvent.class::cast)
                .toList();
    }

    /** In the order in which edges wrote them. */
    public List<WeirEvent> events() {
        SplittableRandom random = new SplittableRandom(seed);
        List<Timed> all = new ArrayList<>();
        all.add(control(new RulesChange("operator", START_MS, rules("14", ""))));
        for (int i = 0; i < senders; i++) {
            office(random, address(i), Math.pow(10, 0.5 + 2 * random.nextDouble()), all);
        }
        newsletters(random, all);
        incidents(random, all);
        all.add(control(new Gap("operator", at(11, 6), at(11, 2), at(11, 6))));
        all.add(control(new RulesChange("operator", at(18, 0), rules("14", "mx-old"))));
        all.sort(Comparator.comparingLong(Timed::writtenMs));
        return numbered(random, all);
    }

    /** An event without its edge's number, and when it is written. */
    private record Timed(long writtenMs, WeirEvent event) {}

    private static Timed control(WeirEvent event) {
        return new Timed(event.occurredAtMs(), event);
    }

    private static Map<String, String> rules(String days, String denied) {
        Map<String, String> settings = new HashMap<>();
        settings.put("learn.until.ms", Long.toString(START_MS + Long.parseLong(days) * DAY_MS));
        settings.put("mode.volume-surge", "enforce");
        settings.put("edges.denied", denied);
        return settings;
    }

    private static ClientAddress address(int sender) {
        return ClientAddress.parse(
                sender % 8 == 7
                        ? "2001:db8:" + sender / 16 + ":" + sender + "::25"
                        : "192.0." + sender / 40 + "." + (1 + sender % 40 * 6));
    }

    private void office(SplittableRandom random, ClientAddress client, double perDay, List<Timed> to) {
        for (int day = 0; day < DAYS; day++) {
            double share = day % 7 < 5 ? 1 : 0.2;
            for (int i = 0; i < eventsPerDay; i++) {
                long atMs = at(day, 7) + (long) (random.nextDouble() * 11 * HOUR_MS);
                int recipients = (int) (share * perDay / eventsPerDay * 2 * random.nextDouble() + random.nextDouble());
                if (recipients > 0) {
                    add(random, client, atMs, recipients, to);
                }
            }
        }
    }

    private static void newsletters(SplittableRandom random, List<Timed> to) {
        for (int day = 2; day < DAYS; day += 7) {
            for (int minute = 0; minute < 60; minute++) {
                add(random, ClientAddress.parse("198.18.1.1"), at(day, 9) + minute * 60_000L, 20, to);
            }
        }
    }

    private static void incidents(SplittableRandom random, List<Timed> to) {
        for (int day = 0; day < DAYS; day++) {
            for (int hour = 8; hour < 18; hour++) {
                add(random, ClientAddress.parse(HIJACKED), at(day, hour), 6, to);
            }
        }
        for (int minute = 0; minute < 180; minute++) {
            add(random, ClientAddress.parse(HIJACKED), at(20, 10) + minute * 60_000L, 40, to);
        }
        for (int minute = 0; minute < 120; minute++) {
            add(random, ClientAddress.parse(BLAST), at(22, 9) + minute * 60_000L, 25, to);
        }
        for (int day = 16; day < DAYS; day++) {
            int perHour = Math.min(400, 10 << Math.min(10, day - 16));
            for (int hour = 8; hour < 18; hour++) {
                add(random, ClientAddress.parse(RAMPING), at(day, hour), perHour, to);
            }
        }
        bouncesAndRejections(random, to);
        retries(to);
    }

    /** What an edge deferred comes back five minutes later. */
    private static void retries(List<Timed> to) {
        ClientAddress client = ClientAddress.parse("198.18.6.1");
        for (int minute = 0; minute < 60; minute++) {
            long atMs = at(23, 9) + minute * 60_000L;
            to.add(new Timed(atMs, mail("mx1", client, atMs, Outcome.DEFERRED, 12, false)));
            if (minute >= 5) {
                to.add(new Timed(atMs, retried(mail("mx1", client, atMs, Outcome.ADMITTED, 12, false))));
            }
        }
    }

    private static void bouncesAndRejections(SplittableRandom random, List<Timed> to) {
        for (int minute = 0; minute < 90; minute++) {
            long atMs = at(19, 14) + minute * 60_000L;
            to.add(new Timed(atMs, mail("mx1", ClientAddress.parse("198.18.2.1"), atMs, Outcome.ADMITTED, 10, true)));
            to.add(new Timed(atMs, mail("mx1", ClientAddress.parse("198.18.3.1"), atMs, Outcome.REJECTED, 3, false)));
            add(random, ClientAddress.parse("198.18.3.1"), atMs, 1, to);
            to.add(new Timed(
                    atMs, mail("mx-old", ClientAddress.parse("198.18.4.1"), atMs, Outcome.ADMITTED, 90, false)));
        }
        ClientAddress spammer = ClientAddress.parse("198.18.5.1");
        for (int hour = 0; hour < 48; hour++) {
            add(random, spammer, at(21, hour), 15, to);
            Amendment spam = new Amendment(
                    "filter", ConnectionEvent.NO_SEQ, at(21, hour) + 600_000, spammer.sender(), at(21, hour), 9, 0);
            to.add(new Timed(spam.occurredAtMs(), spam));
        }
    }

    private static void add(SplittableRandom random, ClientAddress client, long atMs, int recipients, List<Timed> to) {
        // Some events are told late, by up to two minutes.
        long writtenMs = random.nextInt(20) == 0 ? atMs + random.nextInt(120_000) : atMs;
        String edge = "mx" + (1 + random.nextInt(EDGES));
        to.add(new Timed(writtenMs, mail(edge, client, atMs, Outcome.ADMITTED, recipients, false)));
    }

    private static ConnectionEvent mail(
            String edge, ClientAddress client, long atMs, Outcome outcome, int recipients, boolean nullSender) {
        SenderKey sender = client.sender();
        return new ConnectionEvent(
                true,
                edge,
                ConnectionEvent.NO_SEQ,
                atMs,
                client.text(),
                sender,
                outcome,
                outcome == Outcome.REJECTED ? 0 : recipients,
                recipients,
                0,
                0,
                2_000L * recipients,
                nullSender,
                null,
                ConnectionEvent.Facts.NONE);
    }

    /** Gives every edge's events their numbers, and repeats one now and then. */
    private static List<WeirEvent> numbered(SplittableRandom random, List<Timed> all) {
        Map<String, Long> seqs = new HashMap<>();
        List<WeirEvent> events = new ArrayList<>();
        for (Timed one : all) {
            WeirEvent event = one.event();
            if (event instanceof ConnectionEvent mail) {
                event = numbered(mail, seqs.merge(mail.edge(), 1L, Long::sum));
            }
            events.add(event);
            if (random.nextInt(50) == 0 && event instanceof ConnectionEvent) {
                events.add(event);
            }
        }
        return events;
    }

    private static ConnectionEvent numbered(ConnectionEvent event, long seq) {
        return copy(event, seq, event.retries());
    }

    private static ConnectionEvent retried(ConnectionEvent event) {
        return copy(event, event.edgeSeq(), event.recipients());
    }

    private static ConnectionEvent copy(ConnectionEvent event, long seq, int retries) {
        return new ConnectionEvent(
                event.transaction(),
                event.edge(),
                seq,
                event.occurredAtMs(),
                event.clientAddress(),
                event.sender(),
                event.outcome(),
                event.messages(),
                event.recipients(),
                retries,
                event.wouldDefer(),
                event.bytes(),
                event.nullSender(),
                event.exemptBy(),
                event.facts());
    }

    /** Milliseconds since the epoch of an hour of a day; days count from 0. */
    public static long at(int day, int hour) {
        return START_MS + day * DAY_MS + hour * HOUR_MS;
    }
}
