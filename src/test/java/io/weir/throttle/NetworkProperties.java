package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Amendment;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.NetworkKey;
import io.weir.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What a network's budget promises: to those it holds, to those it spares, and to the site. */
class NetworkProperties {
    private static final NetworkKey NETWORK = NetworkKey.parse("203.0.113.0/24");
    private static final long EVEN_STEP = 0xC13FA9A902A6328FL;
    private static final String KNOWN = "203.0.113.7";

    private static String newcomer(Random random, int hosts) {
        return "203.0.113." + (20 + random.nextInt(hosts));
    }

    /** Seconds to minutes between one transaction and the next of all newcomers together, for a while. */
    private static long pause(Random random, double perMinute) {
        return Math.max(1, (long) (-Math.log(1 - random.nextDouble()) * 60_000 / perMinute));
    }

    /**
     * Bound: what newcomers of one network get through within any span of one horizon is at most the network's allowance, and beyond it the least
     * share of their attempts, what passed while a verdict was on its way, one transaction, and the refill of five slots. None of them tries
     * anything again here, so that none uses its floor.
     */
    @Property(tries = 60)
    void whatNewcomersGetThroughTogetherStaysWithinTheAllowance(
            @ForAll long seed,
            @ForAll @IntRange(min = 30, max = 230) int hosts,
            @ForAll @LongRange(min = 0, max = 2_000) long verdictDelayMs) {
        Random random = new Random(seed);
        Scenario site = Scenario.enforcing().at(1, "02:00");
        SiteEdge edge = new SiteEdge(site, verdictDelayMs);
        List<ObeyingEdge.Passed> log = new ArrayList<>();
        double perMinute = 1;
        long changeMs = 0;
        for (int i = 0; i < 6_000 && site.now() < Scenario.time(1, "23:00"); i++) {
            if (site.now() >= changeMs) {
                perMinute = Math.pow(10, random.nextDouble() * 2.5);
                changeMs = site.now() + (long) (60_000 * Math.pow(10, random.nextDouble() * 2));
            }
            site.pass(pause(random, perMinute));
            long now = site.now();
            long envelope = i * EVEN_STEP;
            boolean admitted =
                    !edge.attempt(newcomer(random, hosts), envelope, 1).defers();
            InForce due = site.network().inForce(now);
            boolean unaware = admitted
                    && due != null
                    && !AdmitRule.admits(envelope, now, (double) due.admitMicros() / Candidate.ALL);
            log.add(new ObeyingEdge.Passed(now, 1, admitted ? 1 : 0, unaware ? 1 : 0));
        }
        Rules rules = site.rules().ofNetworks();
        SenderState newcomers = site.network().newcomers();
        Allowances allowances = Terms.mail(newcomers, rules, false);
        for (Horizon horizon : Horizon.all()) {
            assertBound(log, horizon, allowances.get(horizon));
        }
    }

    private static void assertBound(List<ObeyingEdge.Passed> log, Horizon horizon, Allowance allowance) {
        double bucket = 5.0 * allowance.perSlotMicros() / Allowance.MICROS;
        double admitted = 0;
        double slack = allowance.recipients() + 1 + bucket;
        double leastShare = (double) Candidate.LEAST_TOGETHER / Candidate.ALL;
        int from = 0;
        for (ObeyingEdge.Passed latest : log) {
            admitted += latest.admitted();
            slack += latest.unaware() + leastShare * latest.attempts();
            while (log.get(from).atMs() <= latest.atMs() - horizon.millis()) {
                ObeyingEdge.Passed gone = log.get(from++);
                admitted -= gone.admitted();
                slack -= gone.unaware() + leastShare * gone.attempts();
            }
            assertThat(admitted)
                    .as("%s up to %d, %s", horizon, latest.atMs(), allowance)
                    .isLessThanOrEqualTo(slack);
        }
    }

    /** Do no harm: an established sender within its record passes whatever its neighbours do, from the event on that made it established. */
    @Property(tries = 40)
    void whoIsEstablishedIsNeverHeldForItsNeighbours(
            @ForAll long seed, @ForAll @LongRange(min = 0, max = 2_000) long verdictDelayMs) {
        Random random = new Random(seed);
        Scenario site = Scenario.enforcing().rules(RuleKey.NETWORK_NEWCOMERS, "1");
        SiteEdge edge = new SiteEdge(site, verdictDelayMs);
        boolean spared = false;
        int held = 0;
        for (int day = 0; day < 10; day++) {
            site.at(day, "01:00").pass(random.nextInt((int) Scenario.HOUR_MS));
            for (int i = 0; i < 600; i++) {
                site.pass(1 + random.nextInt(20_000));
                if (i % 20 == 0 && site.pass(verdictDelayMs).now() > 0) {
                    Answer answer = edge.attempt(KNOWN, random.nextLong(), 1);
                    assertThat(!spared || answer instanceof Answer.Unthrottled)
                            .as("day %d, attempt %d: %s", day, i, answer)
                            .isTrue();
                    spared = site.client(KNOWN).view().standing() == Standing.ESTABLISHED;
                } else {
                    held += edge.attempt(newcomer(random, 200), random.nextLong(), 1)
                                    .defers()
                            ? 1
                            : 0;
                }
            }
        }
        assertThat(spared).isTrue();
        assertThat(held).isGreaterThan(300);
    }

    /** Floor: a newcomer that tries again gets its first recipients of a day through, whatever its neighbours do. */
    @Property(tries = 40)
    void eachNewcomerGetsItsFloorByTryingAgain(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int floor) {
        Random random = new Random(seed);
        Scenario site = Scenario.enforcing()
                .rules(RuleKey.NETWORK_FLOOR, Integer.toString(floor))
                .at(1, "08:00");
        SiteEdge edge = new SiteEdge(site, 1_000);
        for (int i = 0; i < 400; i++) {
            edge.attempt(newcomer(random, 200), random.nextLong(), 1);
            site.pass(random.nextInt(5_000));
        }
        assertThat(edge.isThrottled(NETWORK)).isTrue();
        int byFloor = 0;
        for (int i = 0; i < floor + 5; i++) {
            long envelope = random.nextLong();
            if (edge.attempt(KNOWN, envelope, 1).defers()) {
                flood(site, edge, random, Scenario.MINUTE_MS + random.nextInt((int) Scenario.MINUTE_MS));
                Answer again = edge.attempt(KNOWN, envelope, 1);
                assertThat(again.defers() && byFloor < floor)
                        .as("%d of %d: %s", byFloor, floor, again)
                        .isFalse();
                byFloor += again instanceof Answer.WithinFloor ? 1 : 0;
            }
        }
        assertThat(byFloor).isBetween(1, floor);
    }

    private static void flood(Scenario site, SiteEdge edge, Random random, long millis) {
        long end = site.now() + millis;
        while (site.now() < end) {
            edge.attempt(newcomer(random, 200), random.nextLong(), 1);
            site.pass(1_000);
        }
    }

    /** Ramp: as many newcomers as a network's budget is meant for may follow the printed ramp at the same time, each at its own hours. */
    @Property(tries = 15)
    void asManyAsTheBudgetIsForMayFollowTheRampTogether(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int newcomers) {
        Random random = new Random(seed);
        Scenario site = Scenario.enforcing().rules(RuleKey.NETWORK_NEWCOMERS, Integer.toString(newcomers));
        List<Ramp.Day> ramp = Ramp.of(PerHorizon.ZERO, site.rules(), 6);
        int[] spread = random.ints(newcomers, Ramp.SPREAD_HOURS, 24).toArray();
        for (Ramp.Day day : ramp) {
            List<long[]> sent = new ArrayList<>();
            for (int host = 0; host < newcomers; host++) {
                for (long i = 0; i < day.volume(); i++) {
                    double apart = (double) spread[host] * Scenario.HOUR_MS / day.volume();
                    long at = Scenario.time(day.day(), "01:00") + (long) (apart * (i + random.nextDouble()));
                    sent.add(new long[] {at, host});
                }
            }
            sent.sort((a, b) -> Long.compare(a[0], b[0]));
            for (long[] one : sent) {
                site.at(0, "00:00").pass(one[0] - site.now());
                assertThat(site.client("203.0.113." + one[1]).sends(Mail.admitted(1)))
                        .as("day %d of %s", day.day(), ramp)
                        .isEmpty();
            }
        }
    }

    /** Monotone: spam found among newcomers' mail never raises what they may send together. */
    @Property(tries = 40)
    void spamNeverRaisesWhatNewcomersMaySend(@ForAll long seed) {
        Random random = new Random(seed);
        Scenario site = Scenario.enforcing();
        for (int day = 1; day <= 5; day++) {
            for (ConnectionEvent event : Histories.random(random, newcomer(random, 50), 1, 40)) {
                site.at(day - 1, "00:00").pass(event.occurredAtMs() - Scenario.MONDAY_MS);
                site.client(event.clientAddress()).sends(Mail.admitted(event.recipients()));
                if (random.nextInt(20) == 0) {
                    assertLowered(site, random);
                }
            }
        }
    }

    private static void assertLowered(Scenario site, Random random) {
        Allowances now = together(site, 0);
        Allowances later = together(site, 2 * Scenario.DAY_MS);
        long ref = site.now() - random.nextInt((int) (3 * Scenario.DAY_MS / 1000)) * 1000L;
        site.amend(new Amendment(
                "filter",
                ConnectionEvent.NO_SEQ,
                site.now(),
                ClientAddress.parse(site.client()).sender(),
                ref,
                1 + random.nextInt(100),
                0));
        for (Horizon horizon : Horizon.all()) {
            assertThat(together(site, 0).get(horizon).recipients())
                    .isLessThanOrEqualTo(now.get(horizon).recipients());
            assertThat(together(site, 2 * Scenario.DAY_MS).get(horizon).recipients())
                    .isLessThanOrEqualTo(later.get(horizon).recipients());
        }
    }

    private static Allowances together(Scenario site, long afterMs) {
        Controls controls = site.controls().ofNetworks();
        SenderState then = Advance.to(site.now() + afterMs, site.network().newcomers(), controls)
                .state();
        return Terms.mail(then, controls.rules(), false);
    }

    /** Release: when newcomers' mail falls within the refill, a first throttle ends after two slots. */
    @Property(tries = 40)
    void aFirstThrottleEndsAfterTwoCalmSlots(@ForAll long seed) {
        Random random = new Random(seed);
        Scenario site = Scenario.enforcing().at(1, "10:00");
        List<Verdict> brought = List.of();
        while (brought.isEmpty()) {
            brought = site.client(newcomer(random, 200)).sends(Mail.admitted(1 + random.nextInt(3)));
            site.pass(random.nextInt(2_000));
        }
        for (int slot = 0; slot <= 3; slot++) {
            site.pass(Scenario.MINUTE_MS - site.now() % Scenario.MINUTE_MS);
            boolean released = site.client(newcomer(random, 200)).sends(Mail.admitted(1)).stream()
                    .anyMatch(verdict -> verdict.action() == Verdict.Action.ALLOW);
            if (released) {
                return;
            }
            // What is tried again is no new demand, however much it is.
            site.client(newcomer(random, 200)).sends(Mail.deferred(50).retried());
        }
        throw new AssertionError("not released after three slots; seed " + seed);
    }
}
