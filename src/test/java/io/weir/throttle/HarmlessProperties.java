package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Outcome;
import java.util.Locale;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Property 2, Do no harm. A sender whose every clock-aligned window stays within its record is never throttled: however
 * it packs its mail against the edges of the windows, whatever the rules, and at the first recipient over its record as
 * little as at the thousandth day within it. (What others do cannot matter: a step sees one sender.)
 */
class HarmlessProperties {
    private static final int EVENTS = 1_500;

    /** What each aligned window of the moment can still take. */
    private static final class Windows {
        private final PerHorizon most;
        private final long[] index = new long[3];
        private final long[] used = new long[3];

        Windows(PerHorizon most) {
            this.most = most;
        }

        long room(long atMs) {
            long room = Long.MAX_VALUE;
            for (Horizon horizon : Horizon.all()) {
                int i = horizon.ordinal();
                long window = atMs / horizon.millis();
                if (window != index[i]) {
                    index[i] = window;
                    used[i] = 0;
                }
                room = Math.min(room, most.get(horizon) - used[i]);
            }
            return room;
        }

        void use(long recipients) {
            for (int i = 0; i < used.length; i++) {
                used[i] += recipients;
            }
        }
    }

    @Property(tries = 250)
    void whoStaysWithinItsRecordIsNeverThrottled(@ForAll long seed, @ForAll boolean nullSender) {
        Random random = new Random(seed);
        Scenario site = withRules(random);
        Rules.Limits limits = nullSender ? site.rules().bounces() : site.rules().mail();
        PerHorizon record = record(random);
        site.restore(Senders.withRecord(record, 20)).at(20, "01:30");
        Windows windows = new Windows(record.max(newcomer(limits)));
        for (int i = 0; i < EVENTS; i++) {
            site.pass(pause(random, site.now()));
            long room = windows.room(site.now());
            // All of what is left, so that the next window's edge meets a full one; or a part of it.
            long recipients = random.nextInt(3) > 0 ? room : room - random.nextInt((int) Math.min(room + 1, 1_000_000));
            if (recipients > 0) {
                windows.use(recipients);
                Mail mail = new Mail(Outcome.ADMITTED, (int) recipients, 0, 0, nullSender);
                assertThat(site.sends(mail)).as("event %d of seed %d", i, seed).isEmpty();
            }
        }
    }

    /** To the last or first millisecond of a window of some width, or anywhere. */
    private static long pause(Random random, long nowMs) {
        Horizon[] horizons = Horizon.all();
        long width = horizons[random.nextInt(horizons.length)].millis();
        long toEdge = width - nowMs % width;
        return switch (random.nextInt(4)) {
            case 0 -> toEdge - 1;
            case 1 -> toEdge;
            case 2 -> random.nextInt((int) Math.min(width, Scenario.HOUR_MS));
            default -> toEdge / 2;
        };
    }

    private static PerHorizon record(Random random) {
        long day = (long) Math.pow(10, random.nextDouble() * 5.5);
        long hour = Math.max(1, (long) (day * random.nextDouble()));
        return new PerHorizon(Math.max(1, (long) (hour * random.nextDouble())), hour, day);
    }

    private static PerHorizon newcomer(Rules.Limits limits) {
        return new PerHorizon((long) limits.base(Horizon.FIVE_MINUTES), (long) limits.base(Horizon.HOUR), (long)
                limits.base(Horizon.DAY));
    }

    private static Scenario withRules(Random random) {
        Scenario site = Scenario.enforcing()
                .rules(RuleKey.NOISE, Integer.toString(random.nextInt(3)))
                .rules(RuleKey.NEWCOMER_5M, Integer.toString(1 + random.nextInt(50)))
                .rules(RuleKey.NEWCOMER_1H, Integer.toString(1 + random.nextInt(150)))
                .rules(RuleKey.NEWCOMER_1D, Integer.toString(1 + random.nextInt(500)))
                .rules(RuleKey.FLOOR_5M, "1")
                .rules(RuleKey.FLOOR_1H, "1")
                .rules(RuleKey.FLOOR_1D, "1");
        RuleKey[] growth = {RuleKey.GROWTH_5M, RuleKey.GROWTH_1H, RuleKey.GROWTH_1D};
        RuleKey[] refill = {RuleKey.REFILL_5M, RuleKey.REFILL_1H, RuleKey.REFILL_1D};
        for (int i = 0; i < growth.length; i++) {
            site.rules(growth[i], decimal(random, 2)).rules(refill[i], decimal(random, 1));
        }
        return site;
    }

    /** The least that is allowed as often as something above it. */
    private static String decimal(Random random, int least) {
        return random.nextBoolean()
                ? Integer.toString(least)
                : String.format(Locale.ROOT, "%.2f", least + random.nextDouble());
    }
}
