package io.weir.simulate.scenario;

import io.weir.model.ClientAddress;
import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.simulate.Arrivals;
import io.weir.simulate.Noise;
import io.weir.simulate.Origin;
import io.weir.simulate.Rhythm;
import io.weir.simulate.RhythmicArrivals;
import io.weir.simulate.Spans;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Ramp;
import io.weir.throttle.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Senders that come new, or from a new address. */
final class Moves {
    private static final String OLD = "198.18.0.25";
    private static final String NEW = "203.0.113.25";
    private static final int RAMP_HOURS = 12;
    private static final int RAMP_FIRST_HOUR = 8;

    private Moves() {}

    static void announced(Casting casting) {
        move(casting, ClientAddress.parse(OLD), ClientAddress.parse(NEW));
        long untilMs = casting.calendar().assessedMs() + casting.draw().whole("override-days") * Spans.DAY_MS;
        casting.override(new OperatorOverride(
                NEW,
                OperatorOverride.Action.ALLOW,
                1,
                "postmaster",
                "moves here",
                casting.calendar().startMs(),
                untilMs));
    }

    static void pooled(Casting casting) {
        move(casting, pooled(ClientAddress.parse(OLD)), pooled(ClientAddress.parse(NEW)));
    }

    static void unannounced(Casting casting) {
        move(casting, ClientAddress.parse(OLD), ClientAddress.parse(NEW));
    }

    private static ClientAddress pooled(ClientAddress client) {
        return new ClientAddress(client.text(), SenderKey.pool("acme"), false);
    }

    /** All mail comes from the new address from the first assessed day on. */
    private static void move(Casting casting, ClientAddress from, ClientAddress to) {
        Calendar calendar = casting.calendar();
        Rhythm usual = casting.rhythm(0, casting.draw().number("per-day"));
        long counted = calendar.assessedMs();
        casting.add(casting.ordinary(
                0, usual.between(0, calendar.assessedDay()), Origin.one(from), counted, calendar.endMs()));
        Rhythm moved = (day, hour) -> day >= calendar.assessedDay() ? usual.perHour(day, hour) : 0;
        casting.add(casting.ordinary(0, moved, Origin.one(to), counted, calendar.endMs()));
    }

    static void undeclaredPool(Casting casting) {
        provider(casting, false);
    }

    static void declaredPool(Casting casting) {
        provider(casting, true);
    }

    /** The volume per address stays what it was; the new ones take their share from the first assessed day on. */
    private static void provider(Casting casting, boolean declared) {
        Draw draw = casting.draw();
        int old = draw.whole("addresses");
        List<ClientAddress> clients = new ArrayList<>();
        for (int i = 0; i < old + draw.whole("new-addresses"); i++) {
            ClientAddress client = ClientAddress.parse("203.0.113." + (10 + i));
            clients.add(declared ? pooled(client) : client);
        }
        Calendar calendar = casting.calendar();
        Rhythm usual = casting.rhythm(0, draw.number("per-day"));
        Rhythm before = usual.times(old).between(0, calendar.assessedDay());
        Rhythm after = (day, hour) -> day >= calendar.assessedDay() ? usual.perHour(day, hour) * clients.size() : 0;
        long counted = calendar.assessedMs();
        casting.add(casting.ordinary(0, before, Origin.pool(clients.subList(0, old)), counted, calendar.endMs()));
        casting.add(casting.ordinary(0, after, Origin.pool(clients), counted, calendar.endMs()));
    }

    /** Reads on the first day what the ramp says for each, and sends that evenly over 12 hours. */
    static void advised(Casting casting) {
        Calendar calendar = casting.calendar();
        double target = casting.draw().number("target");
        List<Ramp.Day> ramp = Ramp.of(PerHorizon.ZERO, Rules.DEFAULTS, calendar.endDay() - calendar.assessedDay());
        List<Arrivals> days = new ArrayList<>();
        for (Ramp.Day day : ramp) {
            double volume = Math.min(target, Math.min(day.volume(), (double) day.perHour() * RAMP_HOURS));
            long morning = calendar.at(calendar.assessedDay() + day.day(), RAMP_FIRST_HOUR);
            days.add(Arrivals.steady(
                    morning, morning + RAMP_HOURS * Spans.HOUR_MS, Math.floor(volume / RAMP_HOURS) / 60));
        }
        newcomer(
                casting,
                (fromMs, toMs) -> days.stream()
                        .flatMapToLong(day -> Arrays.stream(day.between(fromMs, toMs)))
                        .toArray());
    }

    /** As warm-up guides say: some at first, twice as much every day, up to the target. */
    static void doubling(Casting casting) {
        Draw draw = casting.draw();
        int firstDay = casting.calendar().assessedDay();
        double first = draw.number("first");
        double target = draw.number("target");
        int firstHour = draw.whole("first-hour");
        int hours = draw.whole("hours");
        Rhythm doubling = (day, hour) -> day >= firstDay && hour >= firstHour && hour < firstHour + hours
                ? Math.min(target, first * StrictMath.pow(2, day - firstDay)) / hours
                : 0;
        newcomer(casting, noisy(casting, doubling));
    }

    private static Arrivals noisy(Casting casting, Rhythm rhythm) {
        double spread = casting.draw().number("daily-spread");
        return new RhythmicArrivals(
                casting.calendar().startMs(),
                rhythm.between(0, casting.calendar().endDay()),
                Noise.daily(spread),
                casting.draw().seed("warm-up", 0));
    }

    static void ignored(Casting casting) {
        double perDay = casting.draw().number("per-day");
        int firstDay = casting.calendar().assessedDay();
        Rhythm all =
                (day, hour) -> day >= firstDay ? Rhythm.transactional(perDay).perHour(day, hour) : 0;
        newcomer(casting, noisy(casting, all));
    }

    private static void newcomer(Casting casting, Arrivals arrivals) {
        casting.add(Casting.legitimate(
                "newcomer",
                Origin.one(ClientAddress.parse(NEW)),
                arrivals,
                Habits.of(casting.retries(0)),
                casting.calendar().assessedMs(),
                casting.calendar().endMs()));
    }
}
