package io.weir.simulate.score;

import io.weir.simulate.defence.Strategy;
import io.weir.simulate.defence.Strategy.Setting;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a strategy can do by its settings.
 *
 * @param points one for each setting that tuning left
 * @param marked the setting that tables report
 */
record Curve(Strategy strategy, List<Point> points, Point marked) {
    Curve {
        points = List.copyOf(points);
    }

    /**
     * What a setting does.
     *
     * @param abuseDelivered share of abusive recipients
     * @param goodDeferred share of legitimate messages
     */
    record Point(Setting setting, double abuseDelivered, double goodDeferred) {
        static Point of(Field field) {
            return new Point((Setting) field.contestant(), field.abuseDelivered(), field.goodDeferred());
        }
    }

    /** @param fields of all settings, in any order */
    static List<Curve> of(List<Tuned> tuned, List<Field> fields) {
        List<Point> all = fields.stream().map(Point::of).toList();
        return tuned.stream()
                .map(one -> new Curve(
                        one.strategy(),
                        all.stream()
                                .filter(point -> one.front().contains(point.setting()))
                                .toList(),
                        all.stream()
                                .filter(point -> point.setting().equals(one.marked()))
                                .findFirst()
                                .orElseThrow()))
                .toList();
    }

    /** For how many points of another curve this one has a point that is no worse in either way. */
    long matches(Curve other) {
        return other.points.stream()
                .filter(theirs -> points.stream()
                        .anyMatch(ours -> ours.abuseDelivered <= theirs.abuseDelivered
                                && ours.goodDeferred <= theirs.goodDeferred))
                .count();
    }

    /** The least abuse it delivers where it defers no more legitimate mail than this share; empty when it always does. */
    OptionalDouble leastAbuse(double goodDeferred) {
        return points.stream()
                .filter(point -> point.goodDeferred <= goodDeferred)
                .mapToDouble(Point::abuseDelivered)
                .min();
    }

    /** The least legitimate mail it defers where it delivers no more abuse than this share; empty when it always does. */
    OptionalDouble leastDeferred(double abuseDelivered) {
        return points.stream()
                .filter(point -> point.abuseDelivered <= abuseDelivered)
                .mapToDouble(Point::goodDeferred)
                .min();
    }
}
