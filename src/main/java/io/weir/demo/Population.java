package io.weir.demo;

import io.weir.model.ClientAddress;
import io.weir.simulate.Noise;
import io.weir.simulate.RetrySchedule;
import io.weir.simulate.Rhythm;
import io.weir.simulate.RhythmicArrivals;
import java.util.ArrayList;
import java.util.List;

/**
 * The senders of an ordinary site: a few large ones, many small ones, and some that hardly ever write. Their addresses are of the range set
 * aside for benchmarks (198.18.0.0/15, RFC 2544) and for documentation (2001:db8::/32, RFC 3849): nobody has them.
 */
final class Population {
    private static final long SEED = 0x77656972;

    private final DemoCalendar calendar;
    private final List<MailStream> streams = new ArrayList<>();

    private Population(DemoCalendar calendar) {
        this.calendar = calendar;
    }

    static List<MailStream> of(DemoCalendar calendar) {
        Population population = new Population(calendar);
        population.large();
        population.businesses();
        population.periodical();
        population.small();
        return List.copyOf(population.streams);
    }

    private void large() {
        for (int i = 0; i < 6; i++) {
            add("mailbox-provider", i, Rhythm.mailboxProvider(3_000 + 2_500.0 * i), 0.08, 2);
        }
        for (int i = 0; i < 24; i++) {
            add("transactional", i, Rhythm.transactional(40 * Math.pow(1.15, i)), 0.12, 1);
        }
    }

    private void businesses() {
        for (int i = 0; i < 60; i++) {
            add("business", i, Rhythm.business(15 * Math.pow(1.06, i)), 0.2, 1);
        }
    }

    private void periodical() {
        for (int i = 0; i < 8; i++) {
            add("newsletter", i, Rhythm.weekly(800 * Math.pow(1.5, i), i % 5, 7 + i), 0.05, 3);
        }
        for (int i = 0; i < 4; i++) {
            add("invoices", i, Rhythm.invoices(300 * Math.pow(1.8, i), 0), 0.05, 2);
        }
        for (int i = 0; i < 2; i++) {
            streams.add(stream("backscatter", i, true, Rhythm.transactional(60 + 60.0 * i), 0.2, 10));
        }
    }

    private void small() {
        for (int i = 0; i < 50; i++) {
            add("small", i, Rhythm.occasional(0.3 + 0.06 * i), 0.3, 2);
        }
        for (int i = 0; i < 46; i++) {
            add("one-off", i, Rhythm.once(i * 3 % DemoCalendar.DAYS, 7 + i % 12, 2 + i % 6), 0, 5);
        }
    }

    private void add(String kind, int number, Rhythm rhythm, double dailySpread, int rejectedPercent) {
        streams.add(stream(kind, number, false, rhythm, dailySpread, rejectedPercent));
    }

    private MailStream stream(
            String kind, int number, boolean nullSender, Rhythm rhythm, double dailySpread, int rejectedPercent) {
        int index = streams.size();
        return new MailStream(
                kind + "-" + (number + 1),
                ClientAddress.parse(address(index)),
                nullSender,
                new RhythmicArrivals(calendar.startMs(), rhythm, Noise.daily(dailySpread), SEED + index),
                RetrySchedule.POSTFIX,
                rejectedPercent,
                new Tally());
    }

    /** Spread over networks, some of which two or three share; every ninth sender has IPv6. */
    private static String address(int index) {
        return index % 9 == 8
                ? "2001:db8:" + Integer.toHexString(0x100 + index) + ":1::25"
                : "198.18." + index * 7 % 160 + "." + (10 + index);
    }
}
