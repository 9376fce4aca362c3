package io.weir.engine;

import org.apache.kafka.streams.KafkaStreams;

/**
 * What an engine is doing:
 *
 * <pre>
 * STARTING --> RESTORING &lt;--> READY --> CLOSED
 *     |            |             |
 *     +------------+-------------+----> FAILED
 * </pre>
 */
public enum EngineState {
    /** Not in the group yet. */
    STARTING,
    /** Gets partitions assigned or reads their state from the changelogs; alive, but it does not judge everything it should. */
    RESTORING,
    /** Judges. */
    READY,
    /** Stopped for a reason that {@link WeirEngine#failure()} tells; does not come back by itself. */
    FAILED,
    /** Stopped because it was asked to. */
    CLOSED;

    static EngineState of(KafkaStreams.State state) {
        return switch (state) {
            case CREATED -> STARTING;
            case REBALANCING -> RESTORING;
            case RUNNING -> READY;
            case PENDING_ERROR, ERROR -> FAILED;
            case PENDING_SHUTDOWN, NOT_RUNNING -> CLOSED;
        };
    }
}
