package io.weir.throttle;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import org.jspecify.annotations.Nullable;

/** Adds one event to a sender's state. */
final class Intake {
    private Intake() {}

    static SenderState take(SenderState state, ConnectionEvent event, VerdictWriter.Moment moment) {
        Rules rules = moment.controls().rules();
        SenderState counted = counted(state, event);
        Reason fault = counted.conduct().fault(rules.conduct());
        Series.Intake in = intake(state, event, fault);
        boolean learning = rules.learning(moment.nowMs());
        if (event.nullSender()) {
            Series bounces = bouncesOf(state);
            Series.Terms terms = new Series.Terms(Terms.bounces(bounces, rules, fault != null), learning);
            return counted.withSeries(state.mail(), bounces.take(in, terms));
        }
        Series.Terms terms = mailTerms(counted, moment, fault);
        return counted.withSeries(state.mail().take(in, terms), state.bounces());
    }

    /** How many recipients the sender's own allowance has room for, before the event is added. */
    static long fits(SenderState state, ConnectionEvent event, VerdictWriter.Moment moment) {
        Rules rules = moment.controls().rules();
        if (rules.learning(moment.nowMs())) {
            return Long.MAX_VALUE;
        }
        Reason fault = state.conduct().fault(rules.conduct());
        if (!event.nullSender()) {
            return state.mail().fits(intake(state, event, fault), mailTerms(state, moment, fault));
        }
        Series bounces = bouncesOf(state);
        Series.Terms terms = new Series.Terms(Terms.bounces(bounces, rules, fault != null), false);
        return bounces.fits(intake(state, event, fault), terms);
    }

    /**
     * Adds a newcomer's event to those of its network, bounces and all: they come from the same hosts. What the newcomer's own throttle holds
     * back is no demand, and what is beyond its own allowance no volume: one that blasts or hammers must not take its neighbours' share.
     */
    static SenderState newcomer(
            SenderState state, ConnectionEvent event, NetworkJudge.Stance stance, VerdictWriter.Moment moment) {
        SenderState counted = counted(state, event);
        long through = event.outcome() == Outcome.DEFERRED ? 0 : (long) event.recipients() - event.wouldDefer();
        Series.Intake all = intake(state, event, null);
        long attempts = stance.held() ? through : all.attempts();
        Series.Intake in = new Series.Intake(
                all.occurredAtMs(),
                all.day(),
                attempts,
                Math.min(attempts, all.fresh()),
                Math.min(all.volume(), stance.fits()),
                Math.min(all.eligible(), stance.fits()));
        Series.Terms terms = mailTerms(counted, moment, null);
        return counted.withSeries(state.mail().take(in, terms), null);
    }

    private static SenderState counted(SenderState state, ConnectionEvent event) {
        Traffic traffic = state.traffic()
                .add(
                        event.occurredAtMs() / Horizon.HOUR.millis(),
                        columns(event),
                        state.life().day() * 24);
        return state.withCounts(conduct(state, event), traffic);
    }

    static Series.Terms mailTerms(SenderState state, VerdictWriter.Moment moment, @Nullable Reason fault) {
        Controls controls = moment.controls();
        return new Series.Terms(
                moment.allowances().of(state, fault != null),
                controls.rules().learning(moment.nowMs()),
                Terms.relieved(state, controls, moment.nowMs()),
                Terms.planned(state, controls, moment.nowMs()));
    }

    private static Series bouncesOf(SenderState state) {
        Series bounces = state.bounces();
        if (bounces != null) {
            return bounces;
        }
        return Series.NONE.rollSlots(
                state.mail().demand().slot(), Allowances.of(PerHorizon.ZERO, Rules.DEFAULTS.bounces(), 0, false));
    }

    private static Series.Intake intake(SenderState state, ConnectionEvent event, @Nullable Reason fault) {
        long passed = (long) event.recipients() - event.wouldDefer();
        boolean admitted = event.outcome() == Outcome.ADMITTED;
        // An MTA that cannot tell may have accepted it: that fills budgets but vouches for nothing.
        boolean maybe = admitted || event.outcome() == Outcome.UNKNOWN;
        // Who guesses addresses uses up the floor by guessing, or the few that exist would be all that it is held to.
        boolean guessed = fault == Reason.REJECTED_SHARE && event.outcome() == Outcome.REJECTED;
        return new Series.Intake(
                event.occurredAtMs(),
                state.life().day(),
                event.recipients(),
                (long) event.recipients() - event.retries(),
                maybe || guessed ? passed : 0,
                admitted ? passed : 0);
    }

    private static Conduct conduct(SenderState state, ConnectionEvent event) {
        long recipients = event.recipients();
        Conduct.Counts counts = switch (event.outcome()) {
            case ADMITTED -> new Conduct.Counts(recipients, 0, recipients, 0);
            case REJECTED -> new Conduct.Counts(recipients, recipients, 0, 0);
            // Our own answer says nothing about the sender.
            case DEFERRED -> Conduct.Counts.NONE;
            case ABANDONED, UNKNOWN -> new Conduct.Counts(recipients, 0, 0, 0);
        };
        return state.conduct().add(event.occurredAtMs() / Horizon.DAY.millis(), counts);
    }

    private static long[] columns(ConnectionEvent event) {
        long recipients = event.recipients();
        long[] columns = new long[PackedRows.MAX_COLUMNS];
        columns[Traffic.Column.ATTEMPTS.ordinal()] = recipients;
        columns[outcome(event.outcome()).ordinal()] = recipients;
        columns[Traffic.Column.RETRIES.ordinal()] = event.retries();
        columns[Traffic.Column.WOULD_DEFER.ordinal()] = event.wouldDefer();
        columns[Traffic.Column.NULL_SENDER.ordinal()] = event.nullSender() ? recipients : 0;
        return columns;
    }

    private static Traffic.Column outcome(Outcome outcome) {
        return switch (outcome) {
            case ADMITTED -> Traffic.Column.ADMITTED;
            case DEFERRED -> Traffic.Column.DEFERRED;
            case REJECTED -> Traffic.Column.REJECTED;
            case ABANDONED, UNKNOWN -> Traffic.Column.ABANDONED_OR_UNKNOWN;
        };
    }
}
