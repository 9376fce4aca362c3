package io.weir.replay.offline;

import io.weir.model.WeirEvent;
import java.io.IOException;

/** What was recorded. */
public interface Past {
    /** Takes what is read. */
    @FunctionalInterface
    interface Taker {
        /** @param partition 0 for the first */
        void take(int partition, WeirEvent event);
    }

    /** How many partitions its events come from. */
    int partitions();

    /** Whether edges of ours recorded it, which know what they deferred, and not a mail server's log. */
    boolean byEdges();

    /** Whether it can be read again. */
    boolean isRepeatable();

    /**
     * Reads all of it: each partition in its order, and all together by their times as far as these are in order.
     *
     * @throws IOException when it cannot be read
     */
    void forEach(Taker taker) throws IOException;
}
