package io.weir.throttle;

import io.weir.model.Amendment;
import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judgement: a sender's state and an event in, its new state and perhaps a verdict out.
 *
 * <p>Deterministic: the same states, events and controls give the same results, bytes equal. All times are the events'.
 */
public final class Throttle {
    private final VerdictWriter verdicts;

    public Throttle(CaseIds caseIds) {
        this.verdicts = new VerdictWriter(caseIds);
    }

    /**
     * False for events that are no volume and leave no trace in a sender's state: bare connections, exempted mail. What a connector
     * exempts counts for a sender of its own.
     */
    public static boolean counts(ConnectionEvent event) {
        boolean isExempt = event.exemptBy() != null && event.sender().connector() == null;
        return event.transaction() && !isExempt && event.recipients() > 0;
    }

    /**
     * Judges one event.
     *
     * @param before the sender's state, null when there is none
     * @param network fetches the state of its network
     * @param controls the last control records of the partition
     */
    public Judgement step(
            @Nullable SenderState before, NetworkLookup network, ConnectionEvent event, Controls controls) {
        if (!counts(event)) {
            return new Judgement(before, null, null, List.of());
        }
        if (before != null && !before.absentAt(event.occurredAtMs(), controls.rules())) {
            return judge(before, null, event, controls);
        }
        NetworkState changed = null;
        if (event.sender().isIpv6()) {
            NetworkState known = network.get();
            changed = (known == null ? NetworkState.NONE : known).rollTo(event.occurredAtMs() / Horizon.DAY.millis());
            if (changed.newSenders() >= controls.rules().ipv6NewSenders()) {
                long volume = event.outcome() == Outcome.ADMITTED ? event.recipients() : 0;
                return new Judgement(null, changed.withOverflow(event.recipients(), volume), null, List.of());
            }
            changed = changed.withNewSender();
        }
        return begin(before, changed, event, controls);
    }

    private Judgement begin(
            @Nullable SenderState absent, @Nullable NetworkState network, ConnectionEvent event, Controls controls) {
        SenderState fresh = SenderState.first(event.occurredAtMs());
        if (absent == null) {
            return judge(fresh, network, event, controls);
        }
        // What the sweep would have written when it deleted the state.
        List<Judgement.ClosedDay> closed =
                Advance.closedDays(absent, fresh.life().day());
        Judgement judged = judge(fresh.withVerdict(absent.inForce(), absent.seq()), network, event, controls);
        return new Judgement(judged.sender(), network, judged.verdict(), closed);
    }

    private Judgement judge(SenderState before, @Nullable NetworkState network, ConnectionEvent event, Controls site) {
        Controls controls = site.of(event.sender(), before);
        long now = Math.max(before.life().lastEventMs(), event.occurredAtMs());
        Advance.Advanced advanced = Advance.to(now, before, controls);
        SenderState state = advanced.state();
        boolean held = state.inForce() != null && state.inForce().holds(now);
        if (held && advanced.newSlot() && Holds.series(state).calm()) {
            state = Holds.release(state, controls.rules());
            held = false;
        }
        state = Intake.take(state, event, now, controls);
        VerdictWriter.Written written = verdicts.write(event.sender(), state, now, held, advanced.newSlot(), controls);
        return new Judgement(written.state(), network, written.verdict(), advanced.closedDays());
    }

    /**
     * Takes later knowledge about earlier mail into account. It changes records and conduct; a verdict that follows
     * from it comes with the sender's next event.
     *
     * @return the new state, or null when nothing is known of the sender
     */
    public @Nullable SenderState amend(@Nullable SenderState before, Amendment amendment, Controls controls) {
        if (before == null || before.absentAt(amendment.occurredAtMs(), controls.rules())) {
            return before;
        }
        long day = amendment.refTimeMs() / Horizon.DAY.millis();
        long recipients = (long) amendment.spam() + amendment.rejected();
        Series bounces = before.bounces();
        long open = before.life().day();
        return before.withSeries(
                        before.mail().amend(day, open, recipients),
                        bounces == null ? null : bounces.amend(day, open, recipients))
                .withConduct(
                        before.conduct().add(day, new Conduct.Counts(0, amendment.rejected(), 0, amendment.spam())));
    }

    /** The traffic rows to write when {@code state} is deleted. */
    public static List<Judgement.ClosedDay> remains(SenderState state) {
        return Advance.closedDays(state, state.life().day() + 2);
    }
}
