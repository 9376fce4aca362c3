package io.weir.simulate.score;

import io.weir.simulate.scenario.Family;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Weir's row for each family, beside what property 1 bounds. */
final class FamilyTable {
    private FamilyTable() {}

    private static final String[] HEADS = {
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
        "ramp days"
    };

    static TextTable of(Field weir, Field bound) {
        TextTable table = new TextTable(HEADS);
        for (int i = 0; i < weir.families().size(); i++) {
            table.row(row(weir.families().get(i), bound.families().get(i)));
        }
        return table;
    }

    /** With a last column that says which aims a family misses. */
    static TextTable of(Field weir, Field bound, List<Aims.Result> aims) {
        List<String> heads = new ArrayList<>(List.of(HEADS));
        heads.add("aims missed");
        TextTable table = new TextTable(heads.toArray(String[]::new));
        for (int i = 0; i < weir.families().size(); i++) {
            Family family = weir.families().get(i).family();
            List<String> cells = row(weir.families().get(i), bound.families().get(i));
            cells.add(missed(family, aims));
            table.row(cells);
        }
        return table;
    }

    private static String missed(Family family, List<Aims.Result> aims) {
        String missed = aims.stream()
                .filter(result -> result.family() == family && !result.isReached())
                .map(result -> result.measure().id())
                .collect(Collectors.joining(", "));
        return missed.isEmpty() ? Cells.NONE : missed;
    }

    private static List<String> row(FamilyScore family, FamilyScore bound) {
        List<String> cells = new ArrayList<>();
        cells.add(family.family().id());
        cells.addAll(family.isAbusive() ? abuse(family.abuse(), bound.abuse()) : Collections.nCopies(6, Cells.NONE));
        cells.addAll(family.hasGood() ? good(family.good()) : Collections.nCopies(7, Cells.NONE));
        return cells;
    }

    private static List<String> abuse(FamilyScore.Abuse abuse, FamilyScore.Abuse bound) {
        return List.of(
                Cells.share(abuse.deferred()),
                Cells.share(bound.deferred()),
                bound.deferred() <= 0 ? Cells.NONE : Cells.share(abuse.deferred() / bound.deferred()),
                Cells.count(abuse.leaked()),
                Cells.span(abuse.throttledMs()),
                Cells.delay(abuse.releaseMs()));
    }

    private static List<String> good(FamilyScore.Good good) {
        return List.of(
                Cells.count(good.messages()),
                Cells.share(good.deferredShare()),
                Cells.delay(good.medianMs()),
                Cells.delay(good.p99Ms()),
                Cells.delay(good.mostMs()),
                Cells.count(good.lost()),
                Cells.count(good.rampDays()));
    }
}
