package io.weir.simulate.scenario;

import io.weir.simulate.Arrivals;
import io.weir.simulate.Origin;
import io.weir.simulate.PacedArrivals;
import io.weir.simulate.Spans;

/** Abuse through a server that has a record. */
final class Hijacks {
    private Hijacks() {}

    /** So many times what the server usually sends in a busy hour, through its own queue, until its owner notices. */
    static void hijacked(Casting casting) {
        Draw draw = casting.draw();
        double busyHour = busyHour(casting, draw.number("per-day"));
        casting.campaign(draw.number("hours"));
        victim(casting);
        Arrivals spam = casting.paced(since -> busyHour / 60 * draw.number("factor"));
        casting.add(thief(casting, spam, casting.campaigning(casting.retries(0))));
    }

    /** Recipients in the busiest hour of an ordinary day. */
    static double busyHour(Casting casting, double perDay) {
        double most = 0;
        for (int hour = 0; hour < 24; hour++) {
            most = Math.max(most, casting.rhythm(0, perDay).perHour(0, hour));
        }
        return most;
    }

    /** The owner's mail, assessed from the campaign's begin on, since it is the same address that is held. */
    static void victim(Casting casting) {
        casting.add(casting.ordinary(
                0,
                casting.rhythm(0, casting.draw().number("per-day")),
                Origin.one(Casting.address(0)),
                casting.campaignMs(),
                casting.calendar().endMs()));
    }

    private static Actor thief(Casting casting, Arrivals arrivals, Habits habits) {
        return casting.abusive("thief", Origin.one(Casting.address(0)), arrivals, habits);
    }

    /** Bursts of a few minutes with pauses between, by a newcomer or through a server with a record. */
    static void pulsing(Casting casting) {
        Draw draw = casting.draw();
        casting.campaign(draw.number("hours"));
        long onMs = draw.whole("on-minutes") * Spans.MINUTE_MS;
        long cycleMs = onMs + draw.whole("off-minutes") * Spans.MINUTE_MS;
        double perMinute = draw.number("per-minute");
        PacedArrivals.Pace pulses = since -> since % cycleMs < onMs ? perMinute : 0;
        if (draw.word("by", 0).equals("established")) {
            victim(casting);
        }
        casting.add(thief(casting, casting.paced(pulses), casting.campaigning()));
    }
}
