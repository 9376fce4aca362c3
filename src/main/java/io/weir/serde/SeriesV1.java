package io.weir.serde;

import io.weir.throttle.Damping;
import io.weir.throttle.DayPeaks;
import io.weir.throttle.Demand;
import io.weir.throttle.History;
import io.weir.throttle.Horizon;
import io.weir.throttle.PackedRows;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Series;
import io.weir.throttle.Tumbling;

/** A series in the first format. */
final class SeriesV1 {
    private SeriesV1() {}

    static void write(Series series, long now, FieldWriter out) {
        writeLevels(series.levels(), out);
        writeVouched(series.vouched(), series.levels(), out);
        writeDemand(series.demand(), now, out);
        out.put(series.damping().strikes());
        out.put(series.damping().releasedSlot());
        Tumbling attempts = series.attempts();
        Tumbling fiveMinutes = series.fiveMinutes();
        Tumbling hours = series.hours();
        writeTumbling(attempts, now / Horizon.FIVE_MINUTES.millis(), Tumbling.EMPTY, out);
        writeTumbling(fiveMinutes, attempts.index(), attempts, out);
        writeTumbling(hours, now / Horizon.HOUR.millis(), fiveMinutes, out);
        writePeaks(series.today(), fiveMinutes.current(), hours.current(), out);
        writePeaks(series.tomorrow(), 0, 0, out);
        writeHistory(series.history(), out);
    }

    static Series read(long now, FieldReader in) {
        PerHorizon levels = readLevels(in);
        PerHorizon vouched = readVouched(levels, in);
        Demand demand = readDemand(now, in);
        Damping damping = new Damping(in.getInt("strikes", Byte.MAX_VALUE), in.get());
        Tumbling attempts = readTumbling(now / Horizon.FIVE_MINUTES.millis(), Tumbling.EMPTY, in);
        Tumbling fiveMinutes = readTumbling(attempts.index(), attempts, in);
        Tumbling hours = readTumbling(now / Horizon.HOUR.millis(), fiveMinutes, in);
        DayPeaks today = readPeaks(fiveMinutes.current(), hours.current(), in);
        DayPeaks tomorrow = readPeaks(0, 0, in);
        return new Series(
                levels, vouched, demand, damping, attempts, fiveMinutes, hours, today, tomorrow, readHistory(in));
    }

    private static void writeLevels(PerHorizon levels, FieldWriter out) {
        out.putSigned(levels.fiveMinutes());
        out.putSigned(levels.hour() - levels.fiveMinutes());
        out.putSigned(levels.day() - levels.hour());
    }

    private static PerHorizon readLevels(FieldReader in) {
        long fiveMinutes = in.getSigned();
        long hour = in.getSigned() + fiveMinutes;
        return new PerHorizon(fiveMinutes, hour, in.getSigned() + hour);
    }

    private static void writeVouched(PerHorizon vouched, PerHorizon levels, FieldWriter out) {
        out.putSigned(levels.fiveMinutes() - vouched.fiveMinutes());
        out.putSigned(levels.hour() - vouched.hour());
        out.putSigned(levels.day() - vouched.day());
    }

    private static PerHorizon readVouched(PerHorizon levels, FieldReader in) {
        long fiveMinutes = levels.fiveMinutes() - in.getSigned();
        long hour = levels.hour() - in.getSigned();
        return new PerHorizon(fiveMinutes, hour, levels.day() - in.getSigned());
    }

    private static void writeDemand(Demand demand, long now, FieldWriter out) {
        out.putNear(demand.slot(), now / Horizon.SLOT_MS);
        out.put(demand.attempts());
        out.putSigned(demand.attempts() - demand.fresh());
        out.put(demand.smoothedMillis());
        out.put(demand.calmSlots());
    }

    private static Demand readDemand(long now, FieldReader in) {
        long slot = in.getNear(now / Horizon.SLOT_MS);
        long attempts = in.get();
        long fresh = attempts - in.getSigned();
        return new Demand(slot, attempts, fresh, in.get(), in.getInt("calm slots", Integer.MAX_VALUE));
    }

    private static void writeTumbling(Tumbling counts, long likelyIndex, Tumbling likely, FieldWriter out) {
        out.putNear(counts.index(), likelyIndex);
        out.putSigned(counts.current() - likely.current());
        out.putSigned(counts.previous() - likely.previous());
    }

    private static Tumbling readTumbling(long likelyIndex, Tumbling likely, FieldReader in) {
        long index = in.getNear(likelyIndex);
        long current = in.getSigned() + likely.current();
        return new Tumbling(index, current, in.getSigned() + likely.previous());
    }

    private static void writePeaks(DayPeaks open, long likelyFiveMinutes, long likelyHour, FieldWriter out) {
        PerHorizon peaks = open.peaks();
        out.putSigned(peaks.fiveMinutes() - likelyFiveMinutes);
        out.putSigned(peaks.hour() - likelyHour);
        out.putSigned(peaks.day() - peaks.hour());
        out.put(open.amended());
        out.putFlag(open.learnt());
    }

    private static DayPeaks readPeaks(long likelyFiveMinutes, long likelyHour, FieldReader in) {
        long fiveMinutes = in.getSigned() + likelyFiveMinutes;
        long hour = in.getSigned() + likelyHour;
        PerHorizon peaks = new PerHorizon(fiveMinutes, hour, in.getSigned() + hour);
        return new DayPeaks(peaks, in.get(), in.getFlag("learnt"));
    }

    /** The record follows from the rows; it is kept beside them, since every event needs it and few change it. */
    private static void writeHistory(History history, FieldWriter out) {
        out.putBytes(history.days().bytes());
        out.putBytes(history.months().bytes());
        PerHorizon record = history.record();
        out.put(record.fiveMinutes());
        out.put(record.hour());
        out.put(record.day());
    }

    private static History readHistory(FieldReader in) {
        PackedRows days = PackedRows.ofBytes(in.getBytes());
        PackedRows months = PackedRows.ofBytes(in.getBytes());
        return new History(days, months, new PerHorizon(in.get(), in.get(), in.get()));
    }
}
