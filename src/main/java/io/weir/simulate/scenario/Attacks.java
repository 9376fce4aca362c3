package io.weir.simulate.scenario;

import io.weir.model.ClientAddress;
import io.weir.simulate.Origin;
import io.weir.simulate.PacedArrivals;
import io.weir.simulate.Rhythm;
import io.weir.simulate.Spans;

/** Abuse from one address of the abuser's own. */
final class Attacks {
    private static final ClientAddress ADDRESS = ClientAddress.parse("203.0.113.66");
    private static final double WAKING_HOURS = 12;

    private Attacks() {}

    static void blast(Casting casting) {
        Draw draw = casting.draw();
        casting.campaign(draw.number("hours"));
        double perMinute = draw.number("per-minute");
        casting.add(abuser(casting, since -> perMinute));
    }

    private static Actor abuser(Casting casting, PacedArrivals.Pace perMinute) {
        return casting.abusive("abuser", Origin.one(ADDRESS), casting.paced(perMinute), casting.campaigning());
    }

    /** Some times more each day, spread over half of it. */
    static void slowRamp(Casting casting) {
        Draw draw = casting.draw();
        Calendar calendar = casting.calendar();
        long beginMs = calendar.at(calendar.assessedDay(), 6);
        casting.campaign(beginMs, beginMs + draw.whole("days") * Spans.DAY_MS);
        double first = draw.number("first");
        double growth = draw.number("growth");
        double most = draw.number("most");
        casting.add(abuser(casting, since -> {
            double today = Math.min(most, first * StrictMath.pow(growth, since / Spans.DAY_MS));
            boolean awake = since % Spans.DAY_MS < WAKING_HOURS * Spans.HOUR_MS;
            return awake ? today / WAKING_HOURS / 60 : 0;
        }));
    }

    /** Surges while the site learns; later as much, and more, in one go. */
    static void poison(Casting casting) {
        Draw draw = casting.draw();
        Calendar calendar = casting.calendar();
        long attackMs = calendar.at(draw.whole("attack-day"), draw.whole("start-hour"));
        casting.campaign(attackMs, attackMs + (long) (draw.number("hours") * Spans.HOUR_MS));
        double volume = draw.number("volume");
        int poisonHours = draw.whole("poison-hours");
        int poisonDays = draw.whole("poison-days");
        Rhythm poison = (day, hour) ->
                day >= 4 && day < 4 + poisonDays && hour >= 8 && hour < 8 + poisonHours ? volume / poisonHours : 0;
        double recipients = draw.number("spam-recipients");
        casting.add(casting.abusive(
                "poison", Origin.one(ADDRESS), casting.noisy(0, poison.times(1 / recipients)), casting.campaigning()));
        double perMinute = volume * draw.number("attack-times") / draw.number("hours") / 60;
        casting.add(abuser(casting, since -> perMinute));
    }

    /** An address with a past, silent for weeks or months, has a new owner. */
    static void dormant(Casting casting) {
        Draw draw = casting.draw();
        int active = draw.whole("active-days");
        Calendar calendar = casting.calendar();
        int day = active + draw.whole("silent-days");
        long beginMs = calendar.at(day, draw.whole("start-hour"));
        casting.campaign(beginMs, beginMs + (long) (draw.number("hours") * Spans.HOUR_MS));
        casting.add(casting.past(casting.rhythm(0, draw.number("per-day")).between(0, active), ADDRESS));
        double perMinute = draw.number("per-minute");
        casting.add(abuser(casting, since -> perMinute));
    }
}
