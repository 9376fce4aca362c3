package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Amendment;
import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.WeirEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Property 8, Monotone: a good day at or above the record never lowers an allowance; more spam never raises one. */
class MonotoneProperties {
    private static final String CLIENT = "203.0.113.7";

    @Property(tries = 100)
    void aGoodDayNeverLowersAnAllowance(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int days,
            @ForAll @IntRange(min = 0, max = 70) int learntDays) {
        Random random = new Random(seed);
        Scenario site = Scenario.enforcing().learning(learntDays);
        int day = 1;
        site.at(day, "08:00").sends(Mail.admitted(1 + random.nextInt(1000)));
        for (int i = 0; i < days; i++) {
            day += random.nextInt(4) == 0 ? 1 + random.nextInt(45) : 1;
            site.at(day, "01:00");
            PerHorizon record = site.record();
            PerHorizon before = allowances(site);
            goodDay(site, record, random);
            site.at(day + 1, "01:00");
            PerHorizon after = allowances(site);
            assertNotRaised(after, before);
        }
    }

    /** The record within one 5 minutes, one hour and the day, or somewhat more. */
    private static void goodDay(Scenario site, PerHorizon record, Random random) {
        double more = record.day() < 50_000 && random.nextBoolean() ? 1 + random.nextDouble() : 1;
        int five = (int) Math.max(1, record.fiveMinutes() * more);
        int hour = (int) Math.max(five, record.hour() * more);
        int day = (int) Math.max(hour, record.day() * more);
        site.pass(7 * Scenario.HOUR_MS).sends(Mail.admitted(five));
        for (int left = hour - five; left > 0; ) {
            int part = Math.min(left, Math.max(1, (hour - five) / 11));
            site.pass(5 * Scenario.MINUTE_MS).sends(Mail.admitted(part));
            left -= part;
        }
        for (int left = day - hour; left > 0; ) {
            int part = Math.min(left, Math.max(1, (day - hour) / 14));
            site.pass(Scenario.HOUR_MS).sends(Mail.admitted(part));
            left -= part;
        }
    }

    /** Whatever the sender has been up to: what is reported lowers its allowances, now and once its days have closed. */
    @Property(tries = 100)
    void aSpamReportNeverRaisesAnAllowance(@ForAll long seed, @ForAll boolean learning) {
        Random random = new Random(seed);
        Scenario site = Scenario.enforcing();
        if (learning) {
            site.learning(7);
        }
        for (ConnectionEvent mail : Histories.random(random, CLIENT, 12, 60)) {
            site.at(0, "00:00").pass(mail.occurredAtMs() - site.now()).step(mail);
            if (random.nextInt(50) == 0) {
                SenderState before = site.state();
                PerHorizon now = allowances(site);
                PerHorizon later = allowances(site.pass(2 * Scenario.DAY_MS));
                site.pass(-2 * Scenario.DAY_MS).amend(report(random, site.now()));
                assertNotRaised(now, allowances(site));
                assertNotRaised(later, allowances(site.pass(2 * Scenario.DAY_MS)));
                site.restore(random.nextBoolean() ? before : site.state());
            }
        }
    }

    /** Reports between mail that is within the allowance; what else there is of it may vouch in another order. */
    @Property(tries = 60)
    void spamAmongMailNeverRaisesAnAllowance(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int reports) {
        Random random = new Random(seed);
        List<ConnectionEvent> mail = Histories.random(random, CLIENT, 8, 60);
        mail.removeIf(event -> event.outcome() == Outcome.REJECTED);
        List<WeirEvent> withSpam = new ArrayList<>(mail);
        for (int i = 0; i < reports; i++) {
            withSpam.add(report(random, Scenario.time(2 + random.nextInt(8), "12:00")));
        }
        withSpam.sort(Comparator.comparingLong(WeirEvent::occurredAtMs));
        boolean learning = random.nextBoolean();
        Scenario clean = run(mail, learning);
        assertThat(clean.verdicts()).isEmpty();
        assertNotRaised(allowances(clean), allowances(run(withSpam, learning)));
    }

    private static void assertNotRaised(PerHorizon before, PerHorizon after) {
        for (Horizon horizon : Horizon.all()) {
            assertThat(after.get(horizon)).as("%s", horizon).isLessThanOrEqualTo(before.get(horizon));
        }
    }

    /** A handful of recipients, or most of a record, of the day or one of the days before. */
    private static Amendment report(Random random, long atMs) {
        long ref = atMs - random.nextInt((int) (3 * Scenario.DAY_MS / 1000)) * 1000L;
        int spam = 1 + random.nextInt(1 << random.nextInt(18));
        return new Amendment(
                "filter",
                ConnectionEvent.NO_SEQ,
                atMs,
                ClientAddress.parse(CLIENT).sender(),
                ref,
                spam,
                0);
    }

    private static Scenario run(List<? extends WeirEvent> events, boolean learning) {
        Scenario site = Scenario.enforcing().restore(Senders.withRecord(Histories.AMPLE, 1));
        if (learning) {
            site.learning(7);
        }
        for (WeirEvent event : events) {
            if (event instanceof ConnectionEvent mail) {
                site.step(mail);
            } else if (event instanceof Amendment amendment) {
                site.amend(amendment);
            }
        }
        return site.at(12, "12:00");
    }

    private static PerHorizon allowances(Scenario site) {
        return new PerHorizon(
                site.allowance(Horizon.FIVE_MINUTES), site.allowance(Horizon.HOUR), site.allowance(Horizon.DAY));
    }
}
