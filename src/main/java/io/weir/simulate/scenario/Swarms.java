package io.weir.simulate.scenario;

import io.weir.model.ClientAddress;
import io.weir.simulate.Dice;
import io.weir.simulate.Origin;
import io.weir.simulate.PacedArrivals;
import io.weir.simulate.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Abuse from many addresses, and bounces. */
final class Swarms {
    private static final long MOST_ADDRESSES = 1L << 32;

    private Swarms() {}

    /** Addresses of one /24, each with a few messages an hour by day. */
    static void snowshoe(Casting casting) {
        Draw draw = casting.draw();
        int addresses = draw.whole("addresses");
        Calendar calendar = casting.calendar();
        long beginMs = calendar.at(calendar.assessedDay(), 6);
        casting.campaign(beginMs, beginMs + draw.whole("days") * Spans.DAY_MS);
        List<ClientAddress> clients = new ArrayList<>();
        for (int i = 0; i < addresses; i++) {
            clients.add(ClientAddress.parse("203.0.113." + (i + 3)));
        }
        double hours = draw.number("hours");
        double perMinute = addresses * draw.number("per-day") / hours / 60;
        casting.add(casting.abusive(
                "snowshoe",
                Origin.spread(clients),
                casting.paced(since -> since % Spans.DAY_MS < hours * Spans.HOUR_MS ? perMinute : 0),
                casting.campaigning()));
    }

    static void botnet(Casting casting) {
        Draw draw = casting.draw();
        casting.campaign(draw.number("hours"));
        int addresses = draw.whole("addresses");
        double messages = (double) addresses * draw.whole("messages");
        SplittableRandom random = Dice.at(draw.seed("addresses", 0), 0);
        List<ClientAddress> clients = new ArrayList<>(addresses);
        while (clients.size() < addresses) {
            ClientAddress client = ClientAddress.parse(dotted(random.nextLong(MOST_ADDRESSES)));
            if (!client.exempt()) {
                clients.add(client);
            }
        }
        double minutes = draw.number("hours") * 60;
        casting.add(casting.abusive(
                "bot",
                Origin.spread(clients),
                new PacedArrivals(
                        casting.campaignMs(),
                        casting.campaignEndMs(),
                        since -> messages / minutes,
                        draw.seed("paced", 0)),
                casting.campaigning()));
    }

    private static String dotted(long address) {
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    /** Servers of others, with usual mail of their own, return what somebody sent in our name. */
    static void joeJob(Casting casting) {
        Draw draw = casting.draw();
        int servers = draw.whole("servers");
        casting.campaign(draw.number("minutes") / 60);
        long lengthMs = casting.campaignEndMs() - casting.campaignMs();
        for (int i = 0; i < servers; i++) {
            Origin server = Origin.one(Casting.address(i));
            casting.add(casting.ordinary(
                    i,
                    casting.rhythm(i, draw.number("per-day", i)),
                    server,
                    casting.campaignMs(),
                    casting.campaignMs() + Spans.DAY_MS));
            double perMinute = draw.number("bounces", i) * Spans.MINUTE_MS / lengthMs;
            casting.add(casting.abusive(
                    "bounces" + i,
                    server,
                    PacedArrivals.even(
                            casting.campaignMs(), casting.campaignEndMs(), perMinute, draw.seed("bounces", i)),
                    Habits.of(casting.retries(i)).asBounces()));
        }
    }

    /** An established server that returns a message to us again and again. */
    static void bounceStorm(Casting casting) {
        Draw draw = casting.draw();
        casting.campaign(draw.number("minutes") / 60);
        double perMinute = draw.number("per-minute");
        Hijacks.victim(casting);
        casting.add(casting.abusive(
                "loop",
                Origin.one(Casting.address(0)),
                PacedArrivals.even(casting.campaignMs(), casting.campaignEndMs(), perMinute, draw.seed("loop", 0)),
                Habits.of(casting.retries(0)).asBounces()));
    }

    /** One host that owns more addresses than it has messages. */
    static void rotation(Casting casting) {
        Draw draw = casting.draw();
        casting.campaign(draw.number("hours"));
        boolean withinOne = casting.family() == Family.IPV6_64;
        long seed = draw.seed("addresses", 0);
        Origin rotating = Origin.rotating(draw.whole("per-address"), number -> {
            long host = Dice.mix(seed + number);
            long subnet = withinOne ? 7 : host >>> 48;
            return ClientAddress.parse(
                    "2001:db8:bad:" + Long.toHexString(subnet) + "::" + Long.toHexString(1 + (host & 0xfffe)));
        });
        double perMinute = draw.number("per-minute");
        casting.add(casting.abusive("rotating", rotating, casting.paced(since -> perMinute), casting.campaigning()));
    }
}
