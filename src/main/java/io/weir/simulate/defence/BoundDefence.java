package io.weir.simulate.defence;

import io.weir.model.ClientAddress;
import io.weir.model.ConnectionEvent;
import io.weir.model.RulesChange;
import io.weir.model.WeirEvent;
import io.weir.replay.OfflineEngine;
import io.weir.simulate.Mail;
import io.weir.simulate.Reply;
import io.weir.simulate.scenario.Calendar;
import io.weir.simulate.scenario.Scenario;
import io.weir.throttle.CaseIds;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What property 1 (Bound) allows and no more: the same records and allowances, asked about each attempt at the moment it is made. It has no
 * verdict that is late, no share drawn by lot, no floor of 1%. Whoever lets everything pass that fits an allowance cannot defer more than this
 * does, so the share that it defers is a family's ceiling.
 */
public final class BoundDefence implements Defence {
    private static final int ALL_DAYS = 400;
    private static final byte[] SECRET = "of simulations, known to all.".getBytes(StandardCharsets.US_ASCII);

    private final OfflineEngine engine = new OfflineEngine(new CaseIds(SECRET));
    private final VerdictBoard overrides;

    /** @param settings rules that differ from the defaults */
    public BoundDefence(Scenario scenario, Map<String, String> settings) {
        this.overrides = new VerdictBoard(0, scenario.overrides());
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
        boolean fits = overrides.allows(client.sender(), now)
                || engine.room(client.sender(), mail.source().nullSender(), now) >= mail.recipients();
        Reply reply = fits ? Reply.passed(mail) : Reply.DEFERRED;
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

    @Override
    public void tell(WeirEvent event) {
        engine.take(event);
    }
}
