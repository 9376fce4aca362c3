package io.weir.throttle;

import io.weir.model.Amendment;
import io.weir.model.ConnectionEvent;
import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.throttle.NetworkJudge.Known;
import io.weir.throttle.NetworkJudge.Stance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judgement: a sender's state and an event in, its new state and perhaps a verdict out.
 *
 * <p>Deterministic: the same states, events and controls give the same results, bytes equal. All times are the events'.
 */
public final class Throttle {
    private final VerdictWriter verdicts;
    private final NetworkJudge networks;

    public Throttle(CaseIds caseIds) {
        this.verdicts = new VerdictWriter(caseIds);
        this.networks = new NetworkJudge(verdicts);
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
     * @param lookup fetches the states of its networks
     * @param controls the last control records of the partition
     */
    public Judgement step(
            @Nullable SenderState before, NetworkLookup lookup, ConnectionEvent event, Controls controls) {
        if (!counts(event)) {
            return new Judgement(before, List.of(), null, List.of());
        }
        boolean isAbsent = before == null || before.absentAt(event.occurredAtMs(), controls.rules());
        Controls own = controls.of(event.sender(), isAbsent ? null : before, event.occurredAtMs())
                .announcing(event.planned());
        Sitting sitting = Sitting.ofSender(before, event.occurredAtMs(), own);
        List<Known> around = isSteady(sitting, own.rules())
                ? List.of()
                : NetworkJudge.known(event.sender(), event.occurredAtMs(), lookup);
        if (sitting.isNew() && own.planned() == 0 && isFull(event.sender(), around, own.rules())) {
            return new Judgement(null, networks.overflow(event, around, own), null, List.of());
        }
        SenderState begun = sitting.isNew() ? inheriting(sitting, around) : sitting.state();
        SenderState state = Intake.take(begun, event, sitting.moment());
        NetworkJudge.Result result = around.isEmpty()
                ? NetworkJudge.Result.NONE
                : networks.judge(event, stance(begun, state, event, sitting), around, own);
        VerdictWriter.Written written = verdicts.write(
                new Subject.Sender(event.sender()), state, sitting.held(), false, result.shared(), sitting.moment());
        return new Judgement(written.state(), result.networks(), written.verdict(), sitting.closedDays());
    }

    /** Most events are such, and need no look at a network. */
    private static boolean isSteady(Sitting sitting, Rules rules) {
        return !sitting.isNew()
                && !sitting.isNewDay()
                && Standing.of(sitting.state(), rules.established()) == Standing.ESTABLISHED;
    }

    /** One host owns more IPv6 senders than anybody can keep states for. */
    private static boolean isFull(SenderKey sender, List<Known> around, Rules rules) {
        return sender.isIpv6()
                && !around.isEmpty()
                && around.get(around.size() - 1).state().newSenders() >= rules.ipv6NewSenders();
    }

    /** A new sender with the record that the smallest network vouches for that knows its own well enough. */
    static SenderState inheriting(Sitting sitting, List<Known> around) {
        SenderState fresh = sitting.state();
        if (sitting.moment().controls().rules().learning(sitting.nowMs())) {
            return fresh;
        }
        for (Known network : around) {
            PerHorizon legacy = network.state().members().legacy(network.state().day());
            if (legacy != null) {
                return fresh.withSeries(fresh.mail().inherit(fresh.life().firstDay() - 1, legacy), fresh.bounces());
            }
        }
        return fresh;
    }

    /** @param before the sender's state without the event */
    private static Stance stance(SenderState before, SenderState state, ConnectionEvent event, Sitting sitting) {
        Rules rules = sitting.moment().controls().rules();
        boolean isPlanned = Terms.planned(state, sitting.moment().controls(), sitting.nowMs());
        Members.Kind kind = kind(state, rules, isPlanned);
        boolean isNoted = sitting.isNew() || sitting.isNewDay() || kind == Members.Kind.KNOWN;
        // While a site learns everybody is known; by standing alone it can be told who will be new another time.
        boolean shares = rules.learning(sitting.nowMs())
                ? Standing.of(state, rules.established()) == Standing.NEWCOMER && !isPlanned
                : kind == Members.Kind.NEWCOMER;
        return new Stance(
                kind,
                sitting.isNew(),
                isNoted,
                shares,
                sitting.held(),
                shares ? Intake.fits(before, event, sitting.moment()) : 0,
                state.mail().record());
    }

    /** Whose volume was announced is known: a verdict on its network's newcomers spares it, and its mail is none of theirs. */
    private static Members.Kind kind(SenderState state, Rules rules, boolean isPlanned) {
        Members.Kind kind = Standing.kind(state, rules);
        return isPlanned && kind == Members.Kind.NEWCOMER ? Members.Kind.KNOWN : kind;
    }

    /**
     * What later knowledge comes to.
     *
     * @param sender the sender's new state, or null when nothing is known of it
     * @param networks those of its networks whose states changed
     */
    public record Amended(@Nullable SenderState sender, List<Judgement.OfNetwork> networks) {}

    /**
     * Takes later knowledge about earlier mail into account. It changes records and conduct; a verdict that follows
     * from it comes with the sender's next event. A newcomer's mail was its network's newcomers' too.
     */
    public Amended amend(@Nullable SenderState before, NetworkLookup lookup, Amendment amendment, Controls controls) {
        SenderState after = amended(before, amendment, controls.rules());
        boolean isNewcomer = before == null || Standing.kind(before, controls.rules()) != Members.Kind.ESTABLISHED;
        List<Judgement.OfNetwork> changed = new ArrayList<>();
        for (NetworkKey key : isNewcomer ? amendment.sender().networks() : List.<NetworkKey>of()) {
            NetworkState network = lookup.get(key);
            SenderState newcomers = network == null ? null : network.newcomers();
            if (network != null && newcomers != null) {
                SenderState lower =
                        amended(newcomers, amendment, controls.rules().ofNetworks());
                changed.add(new Judgement.OfNetwork(key, network.withNewcomers(lower), null, List.of()));
            }
        }
        return new Amended(after, changed);
    }

    private static @Nullable SenderState amended(@Nullable SenderState before, Amendment amendment, Rules rules) {
        if (before == null || before.absentAt(amendment.occurredAtMs(), rules)) {
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
