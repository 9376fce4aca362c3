package io.weir.simulate.score;

import java.util.List;

/**
 * All that the scoreboard found: what its texts and its picture are made of.
 *
 * @param scenarios version of the scenarios' parameters
 * @param seeds how many of the reporting seeds the fields are of
 * @param curveSeeds how many of them the curves are of
 * @param fields one for each strategy at the setting that tables report, Weir's first
 * @param bound what property 1 bounds
 * @param trades Weir by other growths, in the families that {@link Scoreboard#TRADE} names
 * @param curves one for each strategy, in the order of the fields
 */
record Results(
        String scenarios,
        int seeds,
        int curveSeeds,
        List<Field> fields,
        Field bound,
        List<Field> trades,
        List<Curve> curves) {
    Results {
        fields = List.copyOf(fields);
        trades = List.copyOf(trades);
        curves = List.copyOf(curves);
    }

    Field weir() {
        return fields.get(0);
    }
}
