package io.weir.engine;

import java.time.Duration;

/** An answer to a query, or who has it. What is not known here is never taken for what does not exist. */
public sealed interface Answer<T> {
    /**
     * This engine has it.
     *
     * @param standby true when it comes from a standby's copy, since nobody judges the partition at the moment; may be a little old
     */
    record Local<T>(T value, boolean standby) implements Answer<T> {}

    /**
     * Ask this engine.
     *
     * @param standby true when it only keeps a copy
     */
    record Remote<T>(String host, int port, boolean standby) implements Answer<T> {}

    /** Nobody has it at the moment: partitions move, or state is being restored. */
    record Unavailable<T>(String reason, Duration retryAfter) implements Answer<T> {}
}
