package io.weir.simulate.scenario;

import io.weir.simulate.Arrivals;
import io.weir.simulate.Dice;
import io.weir.simulate.Origin;
import io.weir.simulate.Rhythm;
import io.weir.simulate.Spans;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Mail that does nothing unusual. */
final class Everyday {
    private Everyday() {}

    static void steady(Casting casting) {
        senders(casting);
    }

    static void diurnal(Casting casting) {
        senders(casting);
    }

    private static void senders(Casting casting) {
        for (int i = 0; i < casting.draw().whole("senders"); i++) {
            casting.add(casting.ordinary(i));
        }
    }

    static void newsletter(Casting casting) {
        Draw draw = casting.draw();
        Rhythm weekly = Rhythm.weekly(draw.number("per-issue"), draw.whole("weekday"), draw.whole("first-hour"))
                .growing(draw.number("growth-per-day"));
        casting.add(casting.ordinary(0, weekly));
    }

    static void invoices(Casting casting) {
        Draw draw = casting.draw();
        int every = draw.whole("every-days");
        Rhythm runs = Rhythm.monthly(
                draw.number("per-run"),
                every,
                // Each of the days is as likely to be the first run's.
                (int) Math.floorMod(draw.seed("first-day", 0), (long) every),
                draw.whole("run-days"),
                draw.whole("first-hour"),
                draw.whole("run-hours"));
        casting.add(casting.ordinary(0, runs));
    }

    static void growing(Casting casting) {
        for (int i = 0; i < casting.draw().whole("senders"); i++) {
            double growth = casting.draw().number("growth-per-day", i);
            Rhythm now = casting.rhythm(i, casting.draw().number("per-day", i));
            // As large as was drawn when the first assessed day begins.
            double before = StrictMath.pow(1 + growth, -casting.calendar().assessedDay());
            casting.add(casting.ordinary(i, now.growing(growth).times(before)));
        }
    }

    static void mailingList(Casting casting) {
        Draw draw = casting.draw();
        int chunk = draw.whole("chunk");
        int messages = Math.max(1, draw.whole("subscribers") / chunk);
        Calendar calendar = casting.calendar();
        Arrivals posts = casting.noisy(
                0, Rhythm.mailboxProvider(draw.number("posts-per-day")).between(0, calendar.endDay()));
        Habits habits = Habits.of(casting.retries(0)).inChunksOf(chunk);
        long fanOutMs = draw.whole("minutes") * Spans.MINUTE_MS;
        casting.add(Casting.legitimate(
                "list",
                Origin.one(Casting.address(0)),
                fanOut(posts, messages, fanOutMs, draw.seed("fan-out", 0)),
                habits,
                calendar.assessedMs(),
                calendar.endMs()));
    }

    /** Each post becomes so many messages within a few minutes of it. */
    private static Arrivals fanOut(Arrivals posts, int messages, long withinMs, long seed) {
        return (fromMs, toMs) -> Arrays.stream(posts.between(fromMs - withinMs, toMs))
                .flatMap(post -> {
                    SplittableRandom random = Dice.at(seed, post);
                    return random.longs(messages, post, post + withinMs);
                })
                .filter(ms -> ms >= fromMs && ms < toMs)
                .sorted()
                .toArray();
    }

    /** Offices and homes, each with its own days, behind one address. */
    static void nat(Casting casting) {
        Draw draw = casting.draw();
        int clients = draw.whole("clients");
        for (int i = 0; i < clients; i++) {
            casting.add(casting.ordinary(
                    i,
                    casting.rhythm(i, draw.number("per-client", i)),
                    Origin.one(Casting.address(0)),
                    casting.calendar().assessedMs(),
                    casting.calendar().endMs()));
        }
    }
}
