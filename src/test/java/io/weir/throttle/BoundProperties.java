package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/**
 * Property 1, Bound. Within any span of one horizon that ends with an event, a sender that fights its throttle gets
 * through at most
 *
 * <pre>
 *   allowance
 * + 0.1% of its attempts          the least that edges let through
 * + what passed unaware           while a verdict that would have deferred it was on its way
 * + one transaction               the last that fitted
 * + the refill of 5 slots         one 5-minute bucket, over which the admit fraction evens out
 * </pre>
 *
 * Envelopes are spread evenly here, since the luck of a keyed hash is nothing a sender can choose.
 */
class BoundProperties {
    private static final long SPAN_MS = 22 * Scenario.HOUR_MS;
    private static final int MOST_EVENTS = 10_000;
    private static final int BUCKET_SLOTS = 5;

    /** The plastic number's fraction of 2^64: its multiples are evenly spread, and unrelated to the golden ratio's. */
    private static final long EVEN_STEP = 0xC13FA9A902A6328FL;

    /** A sender's record and how it misbehaves, all from one seed. */
    private static final class Attack {
        private final Random random;
        private final PerHorizon record;
        private final boolean pulses;
        private final int recipients;
        private double perMinute;
        private long changeMs;

        Attack(long seed, boolean pulses) {
            this.random = new Random(seed);
            this.pulses = pulses;
            long day = random.nextInt(4) == 0 ? 1 : 100 + random.nextInt(20_000);
            this.record = new PerHorizon(1 + day / (12 + random.nextInt(200)), 1 + day / (4 + random.nextInt(20)), day);
            this.recipients = 1 + random.nextInt((int) (1 + record.fiveMinutes() / 5));
        }

        /** Rates from a tenth of the 5-minute record to a thousand times as much, for seconds to hours. */
        private void changeAt(long nowMs) {
            double usual = Math.max(2, record.fiveMinutes() / 5.0);
            if (pulses) {
                boolean on = random.nextInt(3) == 0;
                perMinute = usual * (on ? 200 : 0.1);
                changeMs = nowMs + 1000 + random.nextInt(on ? 60_000 : 3_600_000);
            } else {
                perMinute = usual * Math.pow(10, random.nextDouble() * 4 - 1);
                changeMs = nowMs + (long) (30_000 * Math.pow(10, random.nextDouble() * 2.5));
            }
        }

        /** Lets the time to the next transaction pass. */
        void pause(Scenario site) {
            if (site.now() >= changeMs) {
                changeAt(site.now());
            }
            double mean = 60_000 * recipients / perMinute;
            site.pass(Math.max(1, (long) (-Math.log(1 - random.nextDouble()) * mean)));
        }
    }

    @Property(tries = 120)
    void whatIsAdmittedStaysWithinTheAllowance(
            @ForAll long seed,
            @ForAll boolean pulses,
            @ForAll @IntRange(min = 0, max = 4) int retriesOfFour,
            @ForAll @LongRange(min = 0, max = 2000) long verdictDelayMs) {
        Attack attack = new Attack(seed, pulses);
        Scenario site = Scenario.enforcing()
                .restore(Senders.withRecord(attack.record, 20))
                .at(20, "02:00");
        ObeyingEdge edge = new ObeyingEdge(site, verdictDelayMs);
        long endMs = site.now() + SPAN_MS;
        for (int i = 0; i < MOST_EVENTS && site.now() < endMs; i++) {
            attack.pause(site);
            edge.attempt(i * EVEN_STEP, attack.recipients, attack.random.nextInt(4) < retriesOfFour);
        }
        Allowances allowances = Terms.mail(site.state(), site.rules(), false);
        for (Horizon horizon : Horizon.all()) {
            assertBound(edge.log(), horizon, allowances.get(horizon), attack.recipients);
        }
    }

    private static void assertBound(
            List<ObeyingEdge.Passed> log, Horizon horizon, Allowance allowance, int transaction) {
        double bucket = (double) BUCKET_SLOTS * allowance.perSlotMicros() / Allowance.MICROS;
        double admitted = 0;
        double slack = allowance.recipients() + transaction + bucket;
        int from = 0;
        for (ObeyingEdge.Passed latest : log) {
            admitted += latest.admitted();
            slack += latest.unaware() + 0.001 * latest.attempts();
            while (log.get(from).atMs() <= latest.atMs() - horizon.millis()) {
                ObeyingEdge.Passed gone = log.get(from++);
                admitted -= gone.admitted();
                slack -= gone.unaware() + 0.001 * gone.attempts();
            }
            if (admitted > slack) {
                assertThat(admitted)
                        .as("%s up to %d, %s", horizon, latest.atMs(), allowance)
                        .isLessThanOrEqualTo(slack);
            }
        }
    }
}
