package io.weir.simulate.score;

import io.weir.simulate.defence.Strategy;
import java.util.List;

/**
 * What a strategy can do by its settings.
 *
 * @param points abuse delivered and legitimate mail deferred, for each setting that tuning left
 * @param marked the setting that tables report
 */
record Curve(Strategy strategy, List<Field> points, Field marked) {
    Curve {
        points = List.copyOf(points);
    }

    /** @param fields of all settings, in any order */
    static List<Curve> of(List<Tuned> tuned, List<Field> fields) {
        return tuned.stream()
                .map(one -> new Curve(
                        one.strategy(),
                        fields.stream()
                                .filter(field -> one.front().contains(field.contestant()))
                                .toList(),
                        fields.stream()
                                .filter(field -> field.contestant().equals(one.marked()))
                                .findFirst()
                                .orElseThrow()))
                .toList();
    }

    /** Whether for each point of another curve this one has a point that is no worse in either way. */
    boolean isNoWorseThan(Curve other) {
        return other.points.stream()
                .allMatch(theirs -> points.stream()
                        .anyMatch(ours -> ours.abuseDelivered() <= theirs.abuseDelivered()
                                && ours.goodDeferred() <= theirs.goodDeferred()));
    }
}
