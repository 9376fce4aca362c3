package io.weir.throttle;

/**
 * One stream of a sender's mail with its budgets and its record: mail with a sender address, or bounces.
 *
 * @param levels what fills each budget, micro-recipients; the day's may be negative: credit after a gap
 * @param vouched the part of the levels that vouches: what would fill the budgets had edges always deferred the rest
 * @param demand attempts per slot
 * @param damping how long a throttle of it lasts
 * @param attempts attempts per 5 minutes
 * @param fiveMinutes volume that vouches, per 5 minutes
 * @param hours volume that vouches, per hour
 * @param today what the state's day will add to the record
 * @param tomorrow the same for the day after it, which begins an hour before the state's day closes
 * @param history closed days and the record they make
 */
public record Series(
        PerHorizon levels,
        PerHorizon vouched,
        Demand demand,
        Damping damping,
        Tumbling attempts,
        Tumbling fiveMinutes,
        Tumbling hours,
        DayPeaks today,
        DayPeaks tomorrow,
        History history) {
    static final Series NONE = new Series(
            PerHorizon.ZERO,
            PerHorizon.ZERO,
            Demand.NONE,
            Damping.NONE,
            Tumbling.EMPTY,
            Tumbling.EMPTY,
            Tumbling.EMPTY,
            DayPeaks.NONE,
            DayPeaks.NONE,
            History.NONE);

    /** What one event adds. */
    record Intake(long occurredAtMs, long day, long attempts, long fresh, long volume, long eligible) {}

    /**
     * How the event is judged.
     *
     * @param planned whether it is within a volume that was announced: no budget holds it, and none of them is filled by it for later
     */
    record Terms(Allowances allowances, boolean learning, boolean relief, boolean planned) {
        Terms(Allowances allowances, boolean learning) {
            this(allowances, learning, false, false);
        }

        /** Whether the horizon's budget holds the sender now. */
        boolean binds(Horizon horizon) {
            return !planned && (!relief || horizon == Horizon.DAY);
        }
    }

    PerHorizon record() {
        return history.record();
    }

    /** Whether part of what it vouches with was not earned: the site was learning, or the network vouches. */
    boolean isGiven() {
        return today.learnt() || tomorrow.learnt() || history.isGiven();
    }

    /** The same with a record that its network vouches for, until it has one of its own. */
    Series inherit(long day, PerHorizon record) {
        return withHistory(history.inherit(day, record));
    }

    private Series withHistory(History newHistory) {
        return new Series(levels, vouched, demand, damping, attempts, fiveMinutes, hours, today, tomorrow, newHistory);
    }

    /** Brings budgets and demand to {@code slot}. */
    Series rollSlots(long slot, Allowances allowances) {
        long passed = slot - demand.slot();
        return new Series(
                leak(levels, allowances, passed),
                leak(vouched, allowances, passed),
                demand.rollTo(slot, freshFits(allowances)),
                damping,
                attempts,
                fiveMinutes,
                hours,
                today,
                tomorrow,
                history);
    }

    private boolean freshFits(Allowances allowances) {
        long fresh = demand.fresh() * Allowance.MICROS;
        for (Horizon horizon : Horizon.all()) {
            Allowance allowance = allowances.get(horizon);
            long room = allowance.burstMicros() - levels.get(horizon);
            if (fresh > Math.max(allowance.perSlotMicros(), room)) {
                return false;
            }
        }
        return true;
    }

    private static PerHorizon leak(PerHorizon levels, Allowances allowances, long slots) {
        return new PerHorizon(
                leak(levels.fiveMinutes(), allowances.fiveMinutes(), slots),
                leak(levels.hour(), allowances.hour(), slots),
                leak(levels.day(), allowances.day(), slots));
    }

    private static long leak(long level, Allowance allowance, long slots) {
        // More slots than a day has leak any level away; the bound keeps the product within a long.
        long leaked = allowance.perSlotMicros() * Math.min(slots, 4 * Horizon.DAY.slots());
        return level > 0 ? Math.max(0, level - leaked) : level;
    }

    /** Adds an event. What vouches for the future is what fits the allowance now, and was accepted. */
    Series take(Intake in, Terms terms) {
        long vouchesDay = Math.min(in.eligible(), fits(in, terms));
        long vouches = terms.learning() ? in.eligible() : Math.min(vouchesDay, room(in, terms, true));
        long bucket = in.occurredAtMs() / Horizon.FIVE_MINUTES.millis();
        long hour = in.occurredAtMs() / Horizon.HOUR.millis();
        Tumbling newFive = fiveMinutes.add(bucket, vouches);
        Tumbling newHours = hours.add(hour, vouches);
        boolean toToday = in.occurredAtMs() / Horizon.DAY.millis() == in.day();
        boolean toTomorrow = in.occurredAtMs() / Horizon.DAY.millis() == in.day() + 1;
        PerHorizon windows = new PerHorizon(newFive.at(bucket), newHours.at(hour), vouchesDay);
        PerHorizon filled = terms.planned() ? levels : fill(in.volume(), terms);
        PerHorizon vouching = new PerHorizon(
                vouched.fiveMinutes() + vouches * Allowance.MICROS,
                vouched.hour() + vouches * Allowance.MICROS,
                vouched.day() + vouchesDay * Allowance.MICROS);
        return new Series(
                filled,
                terms.planned() ? vouching : vouching.min(filled),
                demand.add(in.attempts(), in.fresh()),
                damping,
                attempts.add(bucket, in.attempts()),
                newFive,
                newHours,
                toToday ? vouch(today, windows, terms.learning()) : today,
                toTomorrow ? vouch(tomorrow, windows, terms.learning()) : tomorrow,
                history);
    }

    private static DayPeaks vouch(DayPeaks open, PerHorizon windows, boolean learning) {
        PerHorizon peaks = open.peaks();
        return new DayPeaks(
                new PerHorizon(
                        Math.max(peaks.fiveMinutes(), windows.fiveMinutes()),
                        Math.max(peaks.hour(), windows.hour()),
                        peaks.day() + windows.day()),
                open.amended(),
                open.learnt() || learning);
    }

    /** How many recipients may vouch now. An announced volume vouches for no more than the sender's own allowance would have let it. */
    long fits(Intake in, Terms terms) {
        return terms.learning() ? Long.MAX_VALUE : room(in, terms, terms.planned());
    }

    /**
     * Recipients that fit below the burst of every horizon that binds (or of every one at all). A late event finds
     * budgets that have leaked since; that leak is not its own.
     */
    private long room(Intake in, Terms terms, boolean all) {
        long late = Math.max(0, demand.slot() - in.occurredAtMs() / Horizon.SLOT_MS);
        long room = Long.MAX_VALUE;
        for (Horizon horizon : Horizon.all()) {
            if (all || terms.binds(horizon)) {
                Allowance allowance = terms.allowances().get(horizon);
                long leaked = allowance.perSlotMicros() * Math.min(late, Horizon.DAY.slots());
                room = Math.min(room, allowance.burstMicros() - vouched.get(horizon) - leaked);
            }
        }
        return Math.max(0, room) / Allowance.MICROS;
    }

    private PerHorizon fill(long volume, Terms terms) {
        PerHorizon ceiling = new PerHorizon(
                ceiling(Horizon.FIVE_MINUTES, terms), ceiling(Horizon.HOUR, terms), ceiling(Horizon.DAY, terms));
        long micros = volume * Allowance.MICROS;
        return new PerHorizon(levels.fiveMinutes() + micros, levels.hour() + micros, levels.day() + micros)
                .min(ceiling);
    }

    /** Where a budget does not bind, it must not be found overdrawn when it binds again. */
    private static long ceiling(Horizon horizon, Terms terms) {
        Allowance allowance = terms.allowances().get(horizon);
        return terms.learning() || !terms.binds(horizon) ? allowance.calmMicros() : allowance.ceilingMicros();
    }

    /** Recipients that fit below the burst of every horizon that binds. */
    long room(Terms terms) {
        long room = Long.MAX_VALUE;
        for (Horizon horizon : Horizon.all()) {
            if (terms.binds(horizon)) {
                room = Math.min(room, terms.allowances().get(horizon).burstMicros() - levels.get(horizon));
            }
        }
        return Math.max(0, room) / Allowance.MICROS;
    }

    boolean exceeds(Terms terms) {
        for (Horizon horizon : Horizon.all()) {
            if (terms.binds(horizon)
                    && levels.get(horizon) > terms.allowances().get(horizon).burstMicros()) {
                return true;
            }
        }
        return false;
    }

    /** Closes the state's day and those up to {@code newDay}; what a day adds is bounded by growth. */
    Series closeDay(long day, long newDay, Rules.Limits limits) {
        History closed = close(history, day, today, limits);
        DayPeaks next = tomorrow;
        if (newDay > day + 1) {
            closed = close(closed, day + 1, tomorrow, limits);
            next = DayPeaks.NONE;
        }
        return new Series(
                levels,
                vouched,
                demand,
                damping,
                attempts,
                fiveMinutes,
                hours,
                next,
                DayPeaks.NONE,
                closed.isEmpty() ? closed : closed.expire(newDay));
    }

    private static History close(History history, long day, DayPeaks open, Rules.Limits limits) {
        PerHorizon vouched = open.vouched();
        if (vouched.isZero()) {
            return history;
        }
        return history.close(day, open.learnt() ? vouched : vouched.min(mostGrown(history, limits)), open.learnt());
    }

    private static PerHorizon mostGrown(History history, Rules.Limits limits) {
        return new PerHorizon(
                mostGrown(Horizon.FIVE_MINUTES, history, limits),
                mostGrown(Horizon.HOUR, history, limits),
                mostGrown(Horizon.DAY, history, limits));
    }

    private static long mostGrown(Horizon horizon, History history, Rules.Limits limits) {
        double base = Math.max(history.record().get(horizon), limits.base(horizon));
        return (long) (limits.growth().of(horizon) * base);
    }

    /** Takes recipients of {@code refDay} back out of what vouches. */
    Series amend(long refDay, long stateDay, long recipients) {
        if (refDay == stateDay) {
            return withOpen(today.amend(recipients), tomorrow);
        }
        if (refDay == stateDay + 1) {
            return withOpen(today, tomorrow.amend(recipients));
        }
        return withHistory(history.amend(refDay, recipients));
    }

    private Series withOpen(DayPeaks newToday, DayPeaks newTomorrow) {
        return new Series(
                levels, vouched, demand, damping, attempts, fiveMinutes, hours, newToday, newTomorrow, history);
    }

    Series withLevels(PerHorizon newLevels, PerHorizon newVouched) {
        return new Series(
                newLevels, newVouched, demand, damping, attempts, fiveMinutes, hours, today, tomorrow, history);
    }

    /** A throttle begins: calm has to be shown anew. */
    Series throttled() {
        return new Series(
                levels,
                vouched,
                demand.excited(),
                damping.throttledAt(demand.slot()),
                attempts,
                fiveMinutes,
                hours,
                today,
                tomorrow,
                history);
    }

    /** A throttle ends: what is overdrawn is forgiven, or the next recipient would bring it back. */
    Series released(Allowances allowances) {
        return new Series(
                levels.min(allowances.calm()),
                vouched.min(allowances.calm()),
                demand,
                damping.releasedAt(demand.slot()),
                attempts,
                fiveMinutes,
                hours,
                today,
                tomorrow,
                history);
    }

    boolean calm() {
        return demand.calmSlots() >= damping.calmNeeded();
    }
}
