package io.weir.engine;

import io.weir.throttle.EdgeMarks;

/** The engine's own rule of what it has counted before, of one partition, for tests of what writes to it. */
public final class DuplicateRule {
    private final EdgeMarks marks = new EdgeMarks(EdgeMarks.Keeper.NONE);

    /** Whether the event counts; if so, it is counted. */
    public boolean counts(String edge, long seq, long occurredAtMs) {
        if (marks.isDuplicate(edge, seq)) {
            return false;
        }
        marks.advance(edge, seq, occurredAtMs);
        return true;
    }
}
