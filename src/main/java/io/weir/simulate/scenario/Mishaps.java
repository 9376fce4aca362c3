package io.weir.simulate.scenario;

import io.weir.simulate.Arrivals;
import io.weir.simulate.Origin;
import io.weir.simulate.PacedArrivals;
import io.weir.simulate.Rhythm;
import io.weir.simulate.Spans;

/** Days on which something goes wrong, and nobody means any harm. */
final class Mishaps {
    private Mishaps() {}

    /** Everybody who must know is told at once, by a sender that usually sends little. */
    static void incident(Casting casting) {
        Draw draw = casting.draw();
        double busyHour = Hijacks.busyHour(casting, draw.number("per-day"));
        casting.campaign(draw.number("minutes") / 60);
        double volume = draw.number("times-busy-hour") * busyHour;
        Hijacks.victim(casting);
        Actor notices = burst(casting, "notices", volume);
        casting.add(notices);
        casting.surge(new Surge(Casting.address(0).sender(), casting.campaignMs(), (long) volume, notices.fates()));
    }

    private static Actor burst(Casting casting, String name, double volume) {
        double minutes = (double) (casting.campaignEndMs() - casting.campaignMs()) / Spans.MINUTE_MS;
        return Casting.legitimate(
                name,
                Origin.one(Casting.address(0)),
                PacedArrivals.even(
                        casting.campaignMs(),
                        casting.campaignEndMs(),
                        volume / minutes,
                        casting.draw().seed(name, 0)),
                Habits.of(casting.retries(0)),
                casting.campaignMs(),
                casting.campaignEndMs());
    }

    /** More than usual, by a mailer that tries again every minute. */
    static void retryStorm(Casting casting) {
        Draw draw = casting.draw();
        casting.campaign(draw.number("minutes") / 60);
        Hijacks.victim(casting);
        casting.add(burst(
                casting, "storm", draw.number("times-busy-hour") * Hijacks.busyHour(casting, draw.number("per-day"))));
    }

    /** Assessed from the outage on, for a day after it. */
    static void outage(Casting casting) {
        Draw draw = casting.draw();
        casting.campaign(draw.number("hours"));
        casting.outage(casting.campaignMs(), casting.campaignEndMs());
        for (int i = 0; i < draw.whole("senders"); i++) {
            casting.add(casting.ordinary(
                    i,
                    casting.rhythm(i, draw.number("per-day", i)),
                    Origin.one(Casting.address(i)),
                    casting.campaignMs(),
                    casting.campaignEndMs() + Spans.DAY_MS));
        }
    }

    /**
     * Our backup MX has taken what came meanwhile, and hands it over when we are back. It always gets a trickle, of those who try it first, and
     * may have done the same before.
     */
    static void backup(Casting casting) {
        Draw draw = casting.draw();
        casting.campaign(draw.number("hours"));
        casting.outage(casting.campaignMs(), casting.campaignEndMs());
        Origin backup = Origin.one(Casting.address(0));
        casting.add(casting.ordinary(
                0,
                Rhythm.transactional(draw.number("trickle-per-day")),
                backup,
                casting.campaignMs(),
                casting.campaignEndMs() + Spans.DAY_MS));
        double volume = draw.number("per-outage-hour") * draw.number("hours");
        long flushMs = (long) (volume / draw.number("per-minute") * Spans.MINUTE_MS);
        for (int before = 1; before <= draw.whole("past-outages"); before++) {
            long ms = casting.campaignEndMs() - before * 7 * Spans.DAY_MS;
            casting.add(flush(casting, "flush" + before, backup, ms, ms + flushMs, draw.number("per-minute")));
        }
        long now = casting.campaignEndMs();
        casting.add(flush(casting, "flush", backup, now, now + flushMs, draw.number("per-minute")));
    }

    static void declaredBackup(Casting casting) {
        backup(casting);
        casting.trust(Casting.address(0));
    }

    private static Actor flush(Casting casting, String name, Origin backup, long fromMs, long toMs, double perMinute) {
        Arrivals queue =
                PacedArrivals.even(fromMs, toMs, perMinute, casting.draw().seed(name, 0));
        return Casting.legitimate(
                name,
                backup,
                queue,
                Habits.of(casting.retries(0)),
                casting.campaignMs(),
                casting.calendar().endMs());
    }

    static void clockSkew(Casting casting) {
        Everyday.steady(casting);
        casting.plumbing(casting.plumbing().skewed(casting.draw().whole("seconds") * Spans.SECOND_MS));
    }

    static void duplicates(Casting casting) {
        Everyday.steady(casting);
        long lateMs = (long) (casting.draw().number("late-seconds") * Spans.SECOND_MS);
        casting.plumbing(casting.plumbing().repeating(casting.draw().number("share"), lateMs));
    }
}
