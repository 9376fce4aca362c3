package io.weir.simulate.scenario;

import io.weir.simulate.Arrivals;
import io.weir.simulate.Ledger;
import io.weir.simulate.MailSource;
import io.weir.simulate.Origin;
import io.weir.simulate.RetrySchedule;

/** One kind of mail in a scenario, with its truth; a hijacked server has two, its own and the thief's. */
public final class Actor implements MailSource {
    /** For those whose queue nobody empties. */
    public static final long NO_PURGE = Long.MAX_VALUE;

    private final String name;
    private final Truth truth;
    private final Origin origin;
    private final Arrivals arrivals;
    private final Habits habits;
    private final Fates fates;
    private final long purgeMs;

    /**
     * @param fates counts what becomes of it
     * @param purgeMs when its owner finds it out and empties its queue
     */
    Actor(String name, Truth truth, Origin origin, Arrivals arrivals, Habits habits, Fates fates, long purgeMs) {
        this.name = name;
        this.truth = truth;
        this.origin = origin;
        this.arrivals = arrivals;
        this.habits = habits;
        this.fates = fates;
        this.purgeMs = purgeMs;
    }

    /** The same, its mail counted by the same fates, sent at other times. */
    Actor sending(Arrivals other) {
        return new Actor(name, truth, origin, other, habits, fates, purgeMs);
    }

    public String name() {
        return name;
    }

    public Truth truth() {
        return truth;
    }

    public Fates fates() {
        return fates;
    }

    public long purgeMs() {
        return purgeMs;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public boolean nullSender() {
        return habits.nullSender();
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public RetrySchedule retries() {
        return habits.retries();
    }

    @Override
    public int rejectedPercent() {
        return habits.rejectedPercent();
    }

    @Override
    public int recipients(long serial) {
        return habits.recipients().applyAsInt(serial);
    }

    @Override
    public String mailFrom() {
        return nullSender() ? "" : name + "@sender.example";
    }

    @Override
    public Ledger ledger() {
        return fates;
    }
}
