package io.weir.engine;

import java.time.Duration;
import java.util.List;

/** An answer to a query, or who has it. What is not known here is never taken for what does not exist. */
public sealed interface Answer<T> {
    /** The lag of a copy of which nobody can say how old it is. */
    long UNKNOWN_LAG = -1;

    /**
     * This engine has it.
     *
     * @param standby true when it comes from a copy, since nobody else answers for the partition at the moment; may be a little old
     * @param lag changes of the state that the copy lacks, 0 when it is no copy, {@link #UNKNOWN_LAG} when that cannot be told
     */
    record Local<T>(T value, boolean standby, long lag) implements Answer<T> {
        /** What is judged here. */
        public static <T> Local<T> judged(T value) {
            return new Local<>(value, false, 0);
        }

        /** Whether what is missing here does not exist: of a copy that lags nobody can know. */
        public boolean isComplete() {
            return lag == 0;
        }
    }

    /**
     * Ask one of these engines.
     *
     * @param engines in the order in which to ask: who judges the partition first, then who keeps a copy; never empty
     */
    record Remote<T>(List<EngineAddress> engines) implements Answer<T> {
        public Remote {
            engines = List.copyOf(engines);
        }
    }

    /** Nobody has it at the moment: partitions move, or state is being restored. */
    record Unavailable<T>(String reason, Duration retryAfter) implements Answer<T> {}
}
