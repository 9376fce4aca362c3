package io.weir.simulate.scenario;

import io.weir.model.ClientAddress;
import io.weir.model.Connector;
import io.weir.model.Gap;
import io.weir.model.OperatorOverride;
import io.weir.simulate.Arrivals;
import io.weir.simulate.Dice;
import io.weir.simulate.Noise;
import io.weir.simulate.Origin;
import io.weir.simulate.PacedArrivals;
import io.weir.simulate.RetrySchedule;
import io.weir.simulate.Rhythm;
import io.weir.simulate.RhythmicArrivals;
import io.weir.simulate.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts a scenario together: draws the parameters, makes the actors. */
final class Casting {
    private final Family family;
    private final long number;
    private final Draw draw;
    private final Calendar calendar;
    private final List<Actor> actors = new ArrayList<>();
    private final List<OperatorOverride> overrides = new ArrayList<>();
    private final List<Connector> connectors = new ArrayList<>();
    private Plumbing plumbing;
    private long campaignMs;
    private long campaignEndMs;
    private @Nullable Outage outage;
    private @Nullable Gap gap;
    private @Nullable Surge surge;

    Casting(Family family, Ranges ranges, long seed) {
        this.family = family;
        this.number = seed;
        this.draw = new Draw(ranges, family.id(), seed);
        int history = draw.whole("history-days");
        this.calendar = new Calendar(draw.whole("learning-days"), history, history + draw.whole("days"));
        this.plumbing = new Plumbing(draw.whole("edges"), draw.whole("verdict-delay-ms"), 0, 0, 0);
        this.campaignMs = calendar.assessedMs();
        this.campaignEndMs = calendar.endMs();
    }

    Family family() {
        return family;
    }

    Draw draw() {
        return draw;
    }

    Calendar calendar() {
        return calendar;
    }

    /** The family is about this span. */
    Casting campaign(long fromMs, long toMs) {
        campaignMs = fromMs;
        campaignEndMs = toMs;
        return this;
    }

    long campaignMs() {
        return campaignMs;
    }

    long campaignEndMs() {
        return campaignEndMs;
    }

    Casting plumbing(Plumbing other) {
        plumbing = other;
        return this;
    }

    Plumbing plumbing() {
        return plumbing;
    }

    /** Nobody reaches us; when it is over the edges tell of it. */
    Casting outage(long fromMs, long toMs) {
        outage = new Outage(fromMs, toMs);
        gap = new Gap("mx1", toMs, fromMs, toMs);
        return this;
    }

    Casting override(OperatorOverride word) {
        overrides.add(word);
        return this;
    }

    /** The operator knows the client for its own. */
    Casting trust(ClientAddress client) {
        connectors.add(new Connector(
                "relay",
                Connector.Kind.ON_PREMISES,
                true,
                true,
                List.of(client.text()),
                List.of(),
                List.of(),
                false,
                List.of(),
                false,
                false,
                ""));
        return this;
    }

    Casting surge(Surge what) {
        surge = what;
        return this;
    }

    Casting add(Actor actor) {
        actors.add(actor);
        return this;
    }

    Scenario scenario() {
        return new Scenario(
                family,
                number,
                draw.drawn(),
                calendar,
                actors,
                plumbing,
                campaignMs,
                campaignEndMs,
                outage,
                gap,
                overrides,
                connectors,
                surge);
    }

    /** The address of an ordinary sender: each in a network of its own (198.18.0.0/15, RFC 2544: nobody has them). */
    static ClientAddress address(int index) {
        return ClientAddress.parse("198." + (18 + index / 256) + "." + index % 256 + ".25");
    }

    RetrySchedule retries(int index) {
        return schedule(draw.word("retries", index));
    }

    private static RetrySchedule schedule(String id) {
        return RetrySchedule.valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    Rhythm rhythm(int index, double perDay) {
        return switch (draw.word("rhythm", index)) {
            case "business" -> Rhythm.business(perDay);
            case "mailbox" -> Rhythm.mailboxProvider(perDay);
            case "transactional" -> Rhythm.transactional(perDay);
            default -> throw new IllegalArgumentException("no such rhythm");
        };
    }

    /** An ordinary sender with its usual mail, assessed all the time. */
    Actor ordinary(int index) {
        return ordinary(index, rhythm(index, draw.number("per-day", index)));
    }

    Actor ordinary(int index, Rhythm rhythm) {
        return ordinary(index, rhythm, Origin.one(address(index)), calendar.assessedMs(), calendar.endMs());
    }

    /** @param rhythm of recipients */
    Actor ordinary(int index, Rhythm rhythm, Origin origin, long countedFromMs, long countedToMs) {
        double recipients = draw.number("recipients", index);
        Habits habits = Habits.of(retries(index))
                .withRecipients(recipients, draw.seed("recipients", index))
                .withRejected(draw.whole("rejected-percent", index));
        return legitimate(
                "sender" + index,
                origin,
                noisy(index, rhythm.times(1 / recipients).between(0, calendar.endDay())),
                habits,
                countedFromMs,
                countedToMs);
    }

    /** Mail of an address that somebody else has now. */
    Actor past(Rhythm rhythm, ClientAddress client) {
        Arrivals arrivals = new RhythmicArrivals(
                calendar.startMs(), rhythm, Noise.daily(draw.number("daily-spread")), draw.seed("past", 0));
        return legitimate("past", Origin.one(client), arrivals, Habits.of(retries(0)), campaignMs, campaignEndMs);
    }

    /** Mail by a rhythm of messages, with the noise that was drawn. */
    Arrivals noisy(int index, Rhythm rhythm) {
        Noise noise = new Noise(
                draw.number("daily-spread", index),
                draw.number("hourly-shape", index),
                draw.number("cluster", index),
                (long) (draw.number("cluster-seconds", index) * Spans.SECOND_MS));
        return new RhythmicArrivals(calendar.startMs(), rhythm, noise, draw.seed("arrivals", index));
    }

    static Actor legitimate(
            String name, Origin origin, Arrivals arrivals, Habits habits, long countedFromMs, long countedToMs) {
        return new Actor(
                name,
                Truth.LEGITIMATE,
                origin,
                arrivals,
                habits,
                new Fates(countedFromMs, countedToMs),
                Actor.NO_PURGE);
    }

    /** Abuse within the campaign; at its end the queue is emptied. */
    Actor abusive(String name, Origin origin, Arrivals arrivals, Habits habits) {
        return new Actor(
                name, Truth.ABUSIVE, origin, arrivals, habits, new Fates(campaignMs, campaignEndMs), campaignEndMs);
    }

    /** The habits of a campaign: several recipients a message, some of which do not exist. */
    Habits campaigning() {
        return campaigning(schedule(draw.word("spam-retries", 0)));
    }

    Habits campaigning(RetrySchedule retries) {
        return Habits.of(retries)
                .withRecipients(draw.number("spam-recipients"), draw.seed("spam", 0))
                .withRejected(draw.whole("spam-rejected-percent"));
    }

    /** Arrivals of a campaign at a pace of recipients per minute. */
    Arrivals paced(PacedArrivals.Pace perMinute) {
        double recipients = draw.number("spam-recipients");
        return new PacedArrivals(
                campaignMs, campaignEndMs, since -> perMinute.perMinute(since) / recipients, draw.seed("paced", 0));
    }

    /** The campaign begins on one of the assessed days at some hour, and goes on for so long. */
    Casting campaign(double hours) {
        long beginMs = calendar.at(calendar.assessedDay() + draw.whole("start-day"), draw.whole("start-hour"));
        // At no mark of the clock.
        beginMs += (long) (Dice.part(draw.seed("begin", 0)) * Spans.HOUR_MS);
        return campaign(beginMs, beginMs + (long) (hours * Spans.HOUR_MS));
    }
}
