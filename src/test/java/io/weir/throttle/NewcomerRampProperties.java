package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Property 3, Ramp: a newcomer that follows the printed ramp is never throttled, has each day the allowance that was
 * printed, and reaches volume V in about log_growth(V / newcomer) days.
 */
class NewcomerRampProperties {
    private static final int DAYS = 7;

    @Property(tries = 25)
    void whoFollowsThePrintedRampIsNeverThrottled(
            @ForAll long seed,
            @ForAll @IntRange(min = Ramp.SPREAD_HOURS, max = 23) int spreadHours,
            @ForAll @IntRange(min = 1, max = 8) int recipients) {
        Random random = new Random(seed);
        Scenario site = Scenario.enforcing()
                .rules(RuleKey.NEWCOMER_1D, Integer.toString(200 + random.nextInt(1000)))
                .rules(RuleKey.NEWCOMER_1H, Integer.toString(120 + random.nextInt(400)))
                .rules(RuleKey.NEWCOMER_5M, Integer.toString(40 + random.nextInt(100)));
        List<Ramp.Day> ramp = Ramp.of(PerHorizon.ZERO, site.rules(), DAYS);
        for (Ramp.Day day : ramp) {
            long beginMs = Scenario.time(day.day(), "01:00");
            long transactions = (day.volume() + recipients - 1) / recipients;
            // The ramp advises no more than so much in an hour, either.
            double hours = Math.max(spreadHours, (double) day.volume() / day.perHour());
            double apart = hours * Scenario.HOUR_MS / transactions;
            long left = day.volume();
            for (long i = 0; i < transactions; i++) {
                site.at(0, "00:00").pass(beginMs - site.now() + (long) (apart * (i + random.nextDouble())));
                assertThat(site.sends(Mail.admitted((int) Math.min(recipients, left))))
                        .as("day %d of %s", day.day(), ramp)
                        .isEmpty();
                left -= recipients;
            }
        }
    }

    @Property(tries = 200)
    void aVolumeIsReachedInAboutTheLogarithmOfItsDistance(
            @ForAll @IntRange(min = 200, max = 5_000) int newcomer,
            @ForAll @IntRange(min = 20, max = 40) int growthTenths,
            @ForAll @IntRange(min = 1, max = 1_000_000) int volume) {
        double growth = growthTenths / 10.0;
        Rules rules = rules(growth, newcomer);
        double first = Ramp.of(PerHorizon.ZERO, rules, 1).get(0).volume();
        double days = Math.max(0, Math.log(volume / first) / Math.log(growth));
        assertThat(Ramp.dayFor(volume, PerHorizon.ZERO, rules))
                .isBetween((int) Math.floor(days), (int) Math.ceil(days) + 1);
    }

    /** Every horizon alike, so that the day's alone decides. */
    private static Rules rules(double growth, int newcomer) {
        Scenario site = Scenario.enforcing();
        for (String horizon : List.of("5m", "1h", "1d")) {
            site.rules("growth." + horizon, Double.toString(growth))
                    .rules("refill." + horizon, Double.toString(growth))
                    .rules("newcomer." + horizon, Integer.toString(newcomer));
        }
        return site.rules();
    }
}
