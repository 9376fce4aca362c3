package io.weir.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.function.LongUnaryOperator;

/**
 * The moment at which things are looked at, which every answer states: the time of day, or the newest event's where events are of the past.
 *
 * @param clock {@code wall} or {@code event}
 * @param asOf from the greatest event time that the partition asked has seen
 */
public record Moment(String clock, LongUnaryOperator asOf) {
    /** Where events are of today. */
    public static Moment wall(Clock clock) {
        return new Moment("wall", newestMs -> clock.millis());
    }

    /** Looked at from now, the past of a namespace of history would be long forgotten. */
    public static Moment ofEvents() {
        return new Moment("event", newestMs -> newestMs);
    }

    long at(long newestMs) {
        return asOf.applyAsLong(newestMs);
    }

    void addTo(ObjectNode json, long asOfMs) {
        json.put("asOfMs", asOfMs).put("clock", clock);
    }
}
