package io.weir.simulate.defence;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.NetworkKey;
import io.weir.model.RulesChange;
import io.weir.model.SenderKey;
import io.weir.model.WeirEvent;
import io.weir.replay.OfflineEngine;
import io.weir.simulate.Mail;
import io.weir.simulate.Reply;
import io.weir.simulate.Spans;
import io.weir.simulate.scenario.Calendar;
import io.weir.simulate.scenario.Scenario;
import io.weir.throttle.CaseIds;
import io.weir.throttle.Room;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What property 1 (Bound) allows and no more: the same records and allowances, asked about each attempt at the moment it is made. It has no
 * verdict that is late, no share drawn by lot, no least share; a message passes while there is room for any of it. Whoever lets everything pass that fits an allowance cannot defer more than this
 * does, so the share that it defers is a family's ceiling.
 */
public final class BoundDefence implements Defence {
    private static final int ALL_DAYS = 400;
    private static final byte[] SECRET = "of simulations, known to all.".getBytes(StandardCharsets.US_ASCII);

    private final OfflineEngine engine = new OfflineEngine(new CaseIds(SECRET));
    private final Exceptions exceptions;
    private final int edges;
    private final Map<String, Integer> floors = new HashMap<>();
    private long floorDay;

    /** @param settings rules that differ from the defaults */
    public BoundDefence(Scenario scenario, Map<String, String> settings) {
        this.exceptions = new Exceptions(scenario);
        this.edges = scenario.plumbing().edges();
        Calendar calendar = scenario.calendar();
        engine.take(new RulesChange("simulation", calendar.startMs(), WeirDefence.rules(settings, calendar)));
    }

    @Override
    public int memoryDays() {
        return ALL_DAYS;
    }

    @Override
    public Reply answer(Mail mail) {
        long now = mail.dueMs();
        ClientAddress client = mail.client();
        if (exceptions.covers(client, now)) {
            return Reply.passed(mail);
        }
        Reply reply = fits(mail, client.sender(), now) ? Reply.passed(mail) : Reply.DEFERRED;
        int recipients = mail.recipients();
        engine.take(new ConnectionEvent(
                true,
                "mx1",
                ConnectionEvent.NO_SEQ,
                now,
                client.text(),
                client.sender(),
                reply.outcome(),
                1,
                recipients,
                mail.isAnswered() ? recipients : 0,
                0,
                0,
                mail.source().nullSender(),
                null,
                ConnectionEvent.Facts.NONE));
        return reply;
    }

    private boolean fits(Mail mail, SenderKey sender, long now) {
        Room room = engine.room(sender, mail.source().nullSender(), now);
        return room.own() > 0 && (room.together() > 0 || (mail.isAnswered() && isWithinFloor(mail, sender, now)));
    }

    /** What each newcomer gets through at each edge by trying again, whatever its network does. */
    private boolean isWithinFloor(Mail mail, SenderKey sender, long now) {
        long today = now / Spans.DAY_MS;
        if (today != floorDay) {
            floorDay = today;
            floors.clear();
        }
        int most = engine.controls().rules().newcomersTogether().floor() * edges;
        // In IPv6 by /56, as at an edge.
        List<NetworkKey> networks = sender.networks();
        String holder = networks.size() > 1 ? networks.get(0).text() : sender.text();
        boolean within = floors.getOrDefault(holder, 0) < most;
        if (within) {
            floors.merge(holder, mail.recipients(), Integer::sum);
        }
        return within;
    }

    @Override
    public void tell(WeirEvent event) {
        engine.take(event);
    }
}
