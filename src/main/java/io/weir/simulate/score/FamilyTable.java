package io.weir.simulate.score;

import java.util.List;

/** Weir's row for each family, beside what property 1 bounds. */
final class FamilyTable {
    private FamilyTable() {}

    static TextTable of(Field weir, Field bound) {
        TextTable table = new TextTable(
                "family",
                "abuse deferred",
                "ceiling",
                "of it",
                "leaked",
                "throttled after",
                "released after",
                "legitimate messages",
                "deferred",
                "delay, median",
                "p99",
                "max",
                "lost",
                "ramp days");
        for (int i = 0; i < weir.families().size(); i++) {
            table.row(row(weir.families().get(i), bound.families().get(i)));
        }
        return table;
    }

    private static List<String> row(FamilyScore family, FamilyScore bound) {
        boolean abusive = family.isAbusive();
        boolean good = family.hasGood();
        Delays delays = family.delays();
        return List.of(
                family.family().id(),
                abusive ? Cells.share(family.abuseDeferred()) : Cells.NONE,
                abusive ? Cells.share(bound.abuseDeferred()) : Cells.NONE,
                abusive ? ofCeiling(family, bound) : Cells.NONE,
                abusive ? Cells.count(family.leaked()) : Cells.NONE,
                abusive ? Cells.span(family.throttledMs()) : Cells.NONE,
                abusive ? Cells.delay(family.releaseMs()) : Cells.NONE,
                good ? Cells.count(family.messages()) : Cells.NONE,
                good ? Cells.share(family.goodDeferred()) : Cells.NONE,
                good ? Cells.delay(delays.quantile(0.5)) : Cells.NONE,
                good ? Cells.delay(delays.quantile(0.99)) : Cells.NONE,
                good ? Cells.delay(delays.quantile(1)) : Cells.NONE,
                good ? Cells.count(family.lost()) : Cells.NONE,
                good ? Cells.count(family.rampDays()) : Cells.NONE);
    }

    private static String ofCeiling(FamilyScore family, FamilyScore bound) {
        return bound.abuseDeferred() <= 0 ? Cells.NONE : Cells.share(family.abuseDeferred() / bound.abuseDeferred());
    }
}
