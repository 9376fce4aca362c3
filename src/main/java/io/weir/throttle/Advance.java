package io.weir.throttle;

import io.weir.model.Gap;
import java.util.ArrayList;
import java.util.List;

/** Brings a sender's state to a later time: slots leak, days close, credit comes and goes. */
final class Advance {
    private Advance() {}

    /** A state at its new time, and the days that closed on the way. */
    record Advanced(SenderState state, boolean newSlot, List<Judgement.ClosedDay> closedDays) {}

    static Advanced to(long nowMs, SenderState before, Controls controls) {
        return to(nowMs, before, controls, new KnownAllowances(controls.rules()));
    }

    static Advanced to(long nowMs, SenderState before, Controls controls, KnownAllowances allowances) {
        long slot = nowMs / Horizon.SLOT_MS;
        boolean newSlot = slot > before.mail().demand().slot();
        SenderState state = newSlot ? rollSlots(before, slot, controls.rules(), allowances) : before;
        long day = SenderState.dayOf(nowMs);
        List<Judgement.ClosedDay> closed = List.of();
        if (day > state.life().day()) {
            closed = closedDays(state, day);
            state = closeDays(state, day, controls.rules());
        }
        state = state.withLife(state.life().seenAt(Math.max(nowMs, state.life().lastEventMs()), day));
        return new Advanced(credit(state, nowMs, controls), newSlot, closed);
    }

    private static SenderState rollSlots(SenderState state, long slot, Rules rules, KnownAllowances allowances) {
        boolean fault = state.conduct().fault(rules.conduct()) != null;
        Series mail = state.mail().rollSlots(slot, allowances.of(state, fault));
        Series bounces = state.bounces();
        return state.withSeries(
                mail, bounces == null ? null : bounces.rollSlots(slot, Terms.bounces(bounces, rules, fault)));
    }

    /** The traffic of the days that close when the state goes on to {@code newDay}. */
    static List<Judgement.ClosedDay> closedDays(SenderState state, long newDay) {
        PackedRows hours = state.traffic().withCurrent();
        List<Judgement.ClosedDay> closed = new ArrayList<>(2);
        for (long day = state.life().day(); day < Math.min(newDay, state.life().day() + 2); day++) {
            PackedRows ofDay = hours.between(day * 24, day * 24 + 24);
            if (!ofDay.isEmpty()) {
                closed.add(new Judgement.ClosedDay(day, ofDay));
            }
        }
        return closed;
    }

    private static SenderState closeDays(SenderState state, long newDay, Rules rules) {
        long day = state.life().day();
        Life life = state.life();
        if (active(state.mail().today(), bouncesOf(state).today())) {
            life = life.active(day);
        }
        if (newDay > day + 1 && active(state.mail().tomorrow(), bouncesOf(state).tomorrow())) {
            life = life.active(day + 1);
        }
        Series bounces = state.bounces();
        return state.withLife(life)
                .withSeries(
                        state.mail().closeDay(day, newDay, rules.mail()),
                        bounces == null ? null : bounces.closeDay(day, newDay, rules.bounces()))
                .withConduct(state.conduct().rollTo(newDay));
    }

    private static Series bouncesOf(SenderState state) {
        return state.bounces() == null ? Series.NONE : state.bounces();
    }

    private static boolean active(DayPeaks mail, DayPeaks bounces) {
        return !mail.vouched().isZero() || !bounces.vouched().isZero();
    }

    /**
     * After a gap the unspent allowance of its length is credited to the daily budget of senders with history, once;
     * what is left of it lapses with the relief.
     */
    private static SenderState credit(SenderState state, long nowMs, Controls controls) {
        Gap gap = controls.relief(nowMs);
        Series mail = state.mail();
        if (gap == null) {
            return mail.levels().day() < 0
                    ? state.withSeries(
                            mail.withLevels(
                                    mail.levels().max(PerHorizon.ZERO),
                                    mail.vouched().max(PerHorizon.ZERO)),
                            state.bounces())
                    : state;
        }
        if (gap.toMs() <= state.creditedGapToMs() || !Terms.relieved(state, controls, nowMs)) {
            return state;
        }
        long slots = Math.min(Horizon.DAY.slots(), (gap.toMs() - gap.fromMs()) / Horizon.SLOT_MS);
        long credit = Terms.mail(state, controls.rules(), false).day().perSlotMicros() * slots;
        Series credited = mail.withLevels(less(mail.levels(), credit), less(mail.vouched(), credit));
        return state.withCredit(credited, gap.toMs());
    }

    private static PerHorizon less(PerHorizon levels, long credit) {
        return new PerHorizon(levels.fiveMinutes(), levels.hour(), levels.day() - credit);
    }
}
