package io.weir.serde;

import io.weir.throttle.Conduct;
import io.weir.throttle.Horizon;
import io.weir.throttle.InForce;
import io.weir.throttle.Life;
import io.weir.throttle.PackedRows;
import io.weir.throttle.SenderState;
import io.weir.throttle.Series;
import io.weir.throttle.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * A sender in the first format. Times are distances from the sender's newest event, and what one transaction changes in
 * many places alike is written once: the rest equals it and takes no byte.
 */
final class SenderV1 {
    private static final long HOUR_MS = Horizon.HOUR.millis();
    private static final long DAY_MS = Horizon.DAY.millis();

    private SenderV1() {}

    static void write(SenderState state, FieldWriter out) {
        Life life = state.life();
        long now = life.lastEventMs();
        writeLife(life, out);
        SeriesV1.write(state.mail(), now, out);
        Series bounces = state.bounces();
        out.putFlag(bounces != null);
        if (bounces != null) {
            SeriesV1.write(bounces, now, out);
        }
        writeConduct(state.conduct(), life.day(), state.mail(), out);
        writeTraffic(state.traffic(), now, state.mail(), out);
        out.put(state.creditedGapToMs());
        InForceV1.write(state.inForce(), now, out);
        out.putSigned(state.seq() - InForceV1.likelySeq(state.inForce()));
    }

    static SenderState read(FieldReader in) {
        Life life = readLife(in);
        long now = life.lastEventMs();
        Series mail = SeriesV1.read(now, in);
        Series bounces = bounces(now, in);
        Conduct conduct = readConduct(life.day(), mail, in);
        Traffic traffic = readTraffic(now, mail, in);
        long creditedGapToMs = in.get();
        InForce inForce = InForceV1.read(now, in);
        long seq = in.getSigned() + InForceV1.likelySeq(inForce);
        return new SenderState(life, mail, bounces, conduct, traffic, creditedGapToMs, seq, inForce);
    }

    private static @Nullable Series bounces(long now, FieldReader in) {
        return in.getFlag("bounces") ? SeriesV1.read(now, in) : null;
    }

    private static void writeLife(Life life, FieldWriter out) {
        out.put(life.lastEventMs());
        out.putNear(life.day(), likelyDay(life.lastEventMs()));
        out.put(life.day() - life.firstDay());
        out.put(life.activeDays());
        out.putNear(life.lastActiveDay(), likelyActiveDay(life.activeDays(), life.day()));
    }

    private static Life readLife(FieldReader in) {
        long lastEventMs = in.get();
        long day = in.getNear(likelyDay(lastEventMs));
        long firstDay = day - in.get();
        long activeDays = in.get();
        long lastActiveDay = in.getNear(likelyActiveDay(activeDays, day));
        return new Life(firstDay, activeDays, lastActiveDay, lastEventMs, day);
    }

    private static long likelyDay(long nowMs) {
        return Math.max(0, nowMs - HOUR_MS) / DAY_MS;
    }

    private static long likelyActiveDay(long activeDays, long day) {
        return activeDays == 0 ? 0 : day - 1;
    }

    private static void writeConduct(Conduct conduct, long day, Series mail, FieldWriter out) {
        out.putNear(conduct.day(), day);
        writeCounts(conduct.today(), mail.today().peaks().day(), out);
        writeCounts(conduct.yesterday(), 0, out);
    }

    private static Conduct readConduct(long day, Series mail, FieldReader in) {
        long ofDay = in.getNear(day);
        Conduct.Counts today = readCounts(mail.today().peaks().day(), in);
        return new Conduct(ofDay, today, readCounts(0, in));
    }

    private static void writeCounts(Conduct.Counts counts, long likely, FieldWriter out) {
        out.putSigned(counts.attempts() - likely);
        out.put(counts.rejected());
        out.putSigned(counts.attempts() - counts.rejected() - counts.admitted());
        out.put(counts.spam());
    }

    private static Conduct.Counts readCounts(long likely, FieldReader in) {
        long attempts = in.getSigned() + likely;
        long rejected = in.get();
        long admitted = attempts - rejected - in.getSigned();
        return new Conduct.Counts(attempts, rejected, admitted, in.get());
    }

    private static void writeTraffic(Traffic traffic, long now, Series mail, FieldWriter out) {
        out.putNear(traffic.hour(), now / HOUR_MS);
        long likely = mail.hours().current();
        for (int column = 0; column < PackedRows.MAX_COLUMNS; column++) {
            long count = traffic.counts()[column];
            out.putSigned(count - likely);
            // The first column is all attempts, the second those admitted: mostly the same, and the others none.
            likely = column == 0 ? count : 0;
        }
        out.putBytes(traffic.past().bytes());
    }

    private static Traffic readTraffic(long now, Series mail, FieldReader in) {
        long hour = in.getNear(now / HOUR_MS);
        long[] counts = new long[PackedRows.MAX_COLUMNS];
        long likely = mail.hours().current();
        for (int column = 0; column < PackedRows.MAX_COLUMNS; column++) {
            counts[column] = in.getSigned() + likely;
            likely = column == 0 ? counts[column] : 0;
        }
        return new Traffic(hour, counts, PackedRows.ofBytes(in.getBytes()));
    }
}
