package io.weir.demo;

import io.weir.simulate.Arrivals;
import io.weir.simulate.Noise;
import io.weir.simulate.RetrySchedule;
import io.weir.simulate.Rhythm;
import io.weir.simulate.RhythmicArrivals;
import java.util.ArrayList;
import java.util.List;

/**
 * Who the incidents are about. Their addresses are of the ranges set aside for documentation (RFC 5737), and for benchmarks (RFC 2544).
 *
 * @param victim an office's mail server, in its own right
 * @param thief what a stolen password sends through it
 * @param blaster a newcomer that does not start small
 * @param ramper a newcomer that does
 * @param newsletter comes once a week, all at once
 * @param shop a shop's usual mail
 * @param storm a shop's mailing, by a mailer that tries again every minute
 * @param snowshoe newcomers of one network, of which none sends more than a newcomer may
 */
record Cast(
        MailStream victim,
        MailStream thief,
        MailStream blaster,
        MailStream ramper,
        MailStream newsletter,
        MailStream shop,
        MailStream storm,
        List<MailStream> snowshoe,
        RampArrivals advised) {
    static final int BLAST_DAY = DemoCalendar.FIRST_LIVE_DAY;
    static final int SURGE_DAY = DemoCalendar.FIRST_LIVE_DAY + 1;
    static final int OUTAGE_DAY = DemoCalendar.FIRST_LIVE_DAY + 2;
    static final int STORM_DAY = DemoCalendar.FIRST_LIVE_DAY + 3;
    static final int SNOWSHOE_DAY = DemoCalendar.FIRST_LIVE_DAY + 4;

    private static final double VICTIM_PER_DAY = 2_400;
    private static final double VICTIM_PER_MINUTE =
            Rhythm.business(VICTIM_PER_DAY).perHour(SURGE_DAY, 10) / 60;

    static final int NEWSLETTER_HOUR = 9;
    static final int SURGE_FACTOR = 20;
    static final int BLAST_PER_MINUTE = 300;
    static final int STORM_VOLUME = 700;
    static final int STORM_MINUTES = 10;
    static final int SNOWSHOE_SIZE = 120;
    static final int SNOWSHOE_EACH = 30;
    static final String SNOWSHOE_NETWORK = "198.18.200.0/24";

    private static final long SNOWSHOE_APART_MS = 500;

    static Cast of(DemoCalendar calendar) {
        RampArrivals advised = new RampArrivals();
        String office = "192.0.2.80";
        String shop = "198.51.100.120";
        return new Cast(
                MailStream.of(
                        "office: its own mail",
                        office,
                        usual(calendar, Rhythm.business(VICTIM_PER_DAY), 1),
                        RetrySchedule.POSTFIX),
                MailStream.of(
                        "office: the hijacked account",
                        office,
                        Arrivals.steady(surgeMs(calendar), surgeEndMs(calendar), VICTIM_PER_MINUTE * SURGE_FACTOR),
                        RetrySchedule.POSTFIX),
                MailStream.of(
                        "newcomer at full blast",
                        "203.0.113.66",
                        Arrivals.steady(blastMs(calendar), blastEndMs(calendar), BLAST_PER_MINUTE),
                        RetrySchedule.NEVER),
                MailStream.of("newcomer on the ramp", "203.0.113.10", advised, RetrySchedule.POSTFIX),
                MailStream.of(
                        "weekly newsletter",
                        "192.0.2.44",
                        usual(calendar, Rhythm.weekly(12_000, SURGE_DAY % 7, NEWSLETTER_HOUR), 2),
                        RetrySchedule.POSTFIX),
                MailStream.of(
                        "shop: its own mail",
                        shop,
                        usual(calendar, Rhythm.transactional(2_400), 3),
                        RetrySchedule.EVERY_MINUTE),
                MailStream.of(
                        "shop: the mailing",
                        shop,
                        Arrivals.steady(
                                stormMs(calendar),
                                stormMs(calendar) + STORM_MINUTES * DemoCalendar.MINUTE_MS,
                                (double) STORM_VOLUME / STORM_MINUTES),
                        RetrySchedule.EVERY_MINUTE),
                snowshoe(calendar),
                advised);
    }

    /** Each sends a message a minute. */
    private static List<MailStream> snowshoe(DemoCalendar calendar) {
        List<MailStream> all = new ArrayList<>();
        for (int i = 0; i < SNOWSHOE_SIZE; i++) {
            long begin = snowshoeMs(calendar) + i * SNOWSHOE_APART_MS;
            all.add(MailStream.of(
                    "snowshoe",
                    "198.18.200." + (10 + i),
                    Arrivals.steady(begin, begin + SNOWSHOE_EACH * DemoCalendar.MINUTE_MS, 1),
                    RetrySchedule.NEVER));
        }
        return List.copyOf(all);
    }

    private static Arrivals usual(DemoCalendar calendar, Rhythm rhythm, long seed) {
        return new RhythmicArrivals(calendar.startMs(), rhythm, Noise.daily(0.1), seed);
    }

    static long blastMs(DemoCalendar calendar) {
        return calendar.at(BLAST_DAY, 10, 0);
    }

    static long blastEndMs(DemoCalendar calendar) {
        return calendar.at(BLAST_DAY, 10, 40);
    }

    static long surgeMs(DemoCalendar calendar) {
        return calendar.at(SURGE_DAY, 9, 30);
    }

    static long surgeEndMs(DemoCalendar calendar) {
        return calendar.at(SURGE_DAY, 11, 30);
    }

    static Outage outage(DemoCalendar calendar) {
        return new Outage(calendar.at(OUTAGE_DAY, 1, 30), calendar.at(OUTAGE_DAY, 7, 30));
    }

    static long stormMs(DemoCalendar calendar) {
        return calendar.at(STORM_DAY, 14, 0);
    }

    static long snowshoeMs(DemoCalendar calendar) {
        return calendar.at(SNOWSHOE_DAY, 10, 0);
    }

    /** In the order of the incidents; the network's many apart. */
    List<MailStream> streams() {
        return List.of(blaster, ramper, newsletter, thief, victim, storm, shop);
    }

    /** Those that send from the first Monday on. */
    List<MailStream> established() {
        return List.of(victim, newsletter, shop);
    }

    /** Everybody: these and the population. */
    List<MailStream> with(List<MailStream> population) {
        List<MailStream> all = new ArrayList<>(population);
        all.addAll(streams());
        all.addAll(snowshoe);
        return all;
    }
}
