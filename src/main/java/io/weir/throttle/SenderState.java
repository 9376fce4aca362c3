package io.weir.throttle;

import org.jspecify.annotations.Nullable;

/**
 * All that is known of one sender; one record in the state store.
 *
 * @param mail mail with a sender address
 * @param bounces mail with the null sender, or null when there was none
 * @param creditedGapToMs end of the last gap whose unspent allowance was credited
 * @param seq sequence of the last verdict
 * @param inForce the last verdict, or null
 */
public record SenderState(
        Life life,
        Series mail,
        @Nullable Series bounces,
        Conduct conduct,
        Traffic traffic,
        long creditedGapToMs,
        long seq,
        @Nullable InForce inForce) {
    /** A day stays open this long after midnight (UTC) for late events. */
    static final long GRACE_MS = Horizon.HOUR.millis();

    private static final long IDLE_DAYS = 2;
    private static final long EXPIRED_DAYS = (History.MONTHS + 2) * 31L;

    static SenderState first(long atMs) {
        return new SenderState(
                Life.begin(atMs), Series.NONE, null, Conduct.begin(dayOf(atMs)), Traffic.NONE, 0, 0, null);
    }

    /** The day that is open at {@code atMs}. */
    static long dayOf(long atMs) {
        return Math.max(0, atMs - GRACE_MS) / Horizon.DAY.millis();
    }

    /**
     * True when the sender counts as never seen: it was never established, was idle for {@value #IDLE_DAYS} days and has
     * no record above a newcomer's; or everything it had has expired. The sweep may delete such a state at any time,
     * since a step would start afresh anyway.
     */
    public boolean absentAt(long nowMs, Rules rules) {
        long idle = dayOf(nowMs) - dayOf(life.lastEventMs());
        if (idle <= IDLE_DAYS) {
            return false;
        }
        return idle > EXPIRED_DAYS
                || (life.activeDays() < rules.established().activeDays()
                        && ordinary(mail, rules.mail())
                        && (bounces == null || ordinary(bounces, rules.bounces())));
    }

    private static boolean ordinary(Series series, Rules.Limits limits) {
        PerHorizon best = series.record()
                .max(series.today().peaks())
                .max(series.tomorrow().peaks());
        for (Horizon horizon : Horizon.all()) {
            if (best.get(horizon) > limits.base(horizon)) {
                return false;
            }
        }
        return true;
    }

    SenderState withLife(Life newLife) {
        return new SenderState(newLife, mail, bounces, conduct, traffic, creditedGapToMs, seq, inForce);
    }

    SenderState withSeries(Series newMail, @Nullable Series newBounces) {
        return new SenderState(life, newMail, newBounces, conduct, traffic, creditedGapToMs, seq, inForce);
    }

    SenderState withConduct(Conduct newConduct) {
        return new SenderState(life, mail, bounces, newConduct, traffic, creditedGapToMs, seq, inForce);
    }

    SenderState withCounts(Conduct newConduct, Traffic newTraffic) {
        return new SenderState(life, mail, bounces, newConduct, newTraffic, creditedGapToMs, seq, inForce);
    }

    SenderState withCredit(Series newMail, long gapToMs) {
        return new SenderState(life, newMail, bounces, conduct, traffic, gapToMs, seq, inForce);
    }

    SenderState withVerdict(@Nullable InForce verdict, long newSeq) {
        return new SenderState(life, mail, bounces, conduct, traffic, creditedGapToMs, newSeq, verdict);
    }
}
