package io.weir.engine;

import java.util.List;

/**
 * What one engine does.
 *
 * @param partitions those it judges, then those it keeps a copy of
 * @param partitionsInAll 0 when that is not known yet
 */
public record EngineReport(EngineAddress address, EngineState state, List<Partition> partitions, int partitionsInAll) {
    public EngineReport {
        partitions = List.copyOf(partitions);
    }

    /**
     * One partition.
     *
     * @param standby whether it is a copy
     * @param restoring whether its state is still being read from the changelogs, so that nothing is judged or answered
     * @param eventLag events that wait to be judged, as far as seen; 0 for a copy
     * @param stateLag changes of the state that are missing here; {@link Answer#UNKNOWN_LAG} when that cannot be told
     * @param newestMs greatest event time seen; 0 when there was none, or it cannot be told
     */
    public record Partition(
            int number, boolean standby, boolean restoring, long eventLag, long stateLag, long newestMs) {}
}
