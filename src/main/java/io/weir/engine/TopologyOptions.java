package io.weir.engine;

import io.weir.serde.StateCodec;
import io.weir.throttle.CaseIds;

/**
 * What the topology is built with.
 *
 * @param senders shared by all partitions
 * @param retentionByRecordTime false for history, whose changelogs the broker must not expire
 */
record TopologyOptions(
        EngineTopics topics,
        CaseIds caseIds,
        StateCodec codec,
        SenderCache senders,
        EngineMetrics metrics,
        boolean retentionByRecordTime,
        Sweep.Options sweep) {}
