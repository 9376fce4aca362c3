package io.weir.throttle;

/** States of senders with a given past. */
final class Senders {
    private Senders() {}

    /** An established sender whose record, all of yesterday, is this. Its state is of the day's 00:00 and at rest. */
    static SenderState withRecord(PerHorizon record, int day) {
        long atMs = Scenario.time(day, "00:00");
        SenderState fresh = SenderState.first(atMs);
        long today = SenderState.dayOf(atMs);
        History history = History.NONE.close(today - 1, record, false);
        return fresh.withLife(new Life(today - 20, 20, today - 1, atMs, today))
                .withSeries(withHistory(Series.NONE, history), withHistory(Series.NONE, history));
    }

    private static Series withHistory(Series series, History history) {
        return new Series(
                series.levels(),
                series.vouched(),
                series.demand(),
                series.damping(),
                series.attempts(),
                series.fiveMinutes(),
                series.hours(),
                series.today(),
                series.tomorrow(),
                history);
    }
}
