package io.weir.engine;

import io.weir.model.WeirEvent;
import io.weir.serde.EventPlace;
import org.jspecify.annotations.Nullable;

/** Refuses events that lie where or when they must not; before anything is touched. */
final class Refusals {
    private Refusals() {}

    /**
     * Checks a record's key and time against the event in it.
     *
     * @param timestampMs the record's own
     * @throws RefusedEventException naming what is wrong
     */
    static void check(WeirEvent event, byte @Nullable [] key, long timestampMs) {
        String early = EventPlace.early(event, timestampMs);
        if (early != null) {
            throw new RefusedEventException(DeadLetterReason.FUTURE, early);
        }
        String misplaced = EventPlace.misplaced(event, key);
        if (misplaced != null) {
            throw new RefusedEventException(DeadLetterReason.MISPLACED, misplaced);
        }
    }
}
