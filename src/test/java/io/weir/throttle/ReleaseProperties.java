package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Verdict;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Property 4, Release: when new demand falls within the allowance, a first throttle ends by itself after two slots, one
 * that followed others soon after at most 64 slots; and when nobody asks any more the verdict expires.
 */
class ReleaseProperties {
    /** A sender whose refill is at least a recipient per slot in each horizon. */
    private static Scenario site(Random random) {
        long day = 2_000L + random.nextInt(50_000);
        PerHorizon record =
                new PerHorizon(10 + day / (12 + random.nextInt(200)), 60 + day / (4 + random.nextInt(20)), day);
        return Scenario.enforcing().restore(Senders.withRecord(record, 20)).at(20, "02:00");
    }

    private static int refill(Scenario site) {
        Allowances allowances = Terms.mail(site.state(), site.rules(), false);
        long least = Long.MAX_VALUE;
        for (Horizon horizon : Horizon.all()) {
            least = Math.min(least, allowances.get(horizon).perSlotMicros());
        }
        return (int) (least / Allowance.MICROS);
    }

    /** Sends until a throttle is in force, and more, anywhere within the slot. */
    private static void surge(Scenario site, Random random) {
        int large = (int) (1 + site.allowance(Horizon.FIVE_MINUTES) / 10);
        int beyond = random.nextInt(50);
        for (int i = 0; i < 500 && (beyond > 0 || !throttled(site)); i++) {
            site.pass(1 + random.nextInt(3_000)).sends(Mail.admitted(1 + random.nextInt(large)));
            beyond -= throttled(site) ? 1 : 0;
        }
        assertThat(throttled(site)).isTrue();
    }

    private static boolean throttled(Scenario site) {
        InForce verdict = site.state().inForce();
        return verdict != null && verdict.holds(site.now());
    }

    /** From the next slot on, each slot within the refill; returns how many slots it took to be released. */
    private static int slotsToRelease(Scenario site, Random random, int refill) {
        toNextSlot(site);
        for (int slot = 0; slot < 200; slot++) {
            List<Verdict> brought = site.sends(Mail.admitted(1 + random.nextInt(refill)));
            if (brought.stream().anyMatch(verdict -> verdict.action() == Verdict.Action.ALLOW)) {
                return slot;
            }
            if (random.nextBoolean()) {
                // What is tried again is no new demand, however much it is.
                site.sends(Mail.deferred(1 + random.nextInt(1000)).retried());
            }
            toNextSlot(site);
        }
        return -1;
    }

    private static void toNextSlot(Scenario site) {
        site.pass(Scenario.MINUTE_MS - site.now() % Scenario.MINUTE_MS);
    }

    @Property(tries = 60)
    void aFirstThrottleEndsAfterTwoCalmSlots(@ForAll long seed) {
        Random random = new Random(seed);
        Scenario site = site(random);
        int refill = refill(site);
        surge(site, random);
        assertThat(slotsToRelease(site, random, refill)).isBetween(0, 2);
        // And what it sends within its refill does not bring it back.
        for (int slot = 0; slot < 120; slot++) {
            toNextSlot(site);
            assertThat(site.sends(Mail.admitted(1 + random.nextInt(refill)))).isEmpty();
        }
    }

    @Property(tries = 60)
    void afterAnySurgesItEndsWithin64CalmSlots(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int surges) {
        Random random = new Random(seed);
        Scenario site = site(random);
        int refill = refill(site);
        for (int i = 0; i < surges; i++) {
            surge(site, random);
            int most = Math.min(64, 2 << i);
            assertThat(slotsToRelease(site, random, refill)).isBetween(0, most);
            site.pass(random.nextInt(10) * Scenario.MINUTE_MS);
        }
    }

    @Property(tries = 50)
    void whenNobodyAsksAnyMoreTheVerdictExpires(@ForAll long seed) {
        Random random = new Random(seed);
        Scenario site = site(random);
        surge(site, random);
        assertThat(site.view().inForce()).isNotNull();
        site.pass(site.rules().verdictLifeMs());
        assertThat(site.view().inForce()).isNull();
        List<Verdict> verdicts = site.verdicts();
        assertThat(verdicts.get(verdicts.size() - 1).expiresAtMs()).isLessThanOrEqualTo(site.now());
    }
}
