package io.weir.throttle;

import io.weir.model.ConnectionEvent;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * How far each edge has come in a partition: an event at or below its edge's mark was counted before.
 *
 * <p>At most {@value #MOST_EDGES} edges are known. One more makes the partition forget the edge that it has not heard of for the longest
 * time; should that edge repeat itself later, its events count again.
 */
public final class EdgeMarks {
    public static final int MOST_EDGES = 4096;

    private final Keeper keeper;
    private final Map<String, Mark> marks = new HashMap<>();
    private long newestMs;

    /** Keeps marks beyond the life of this table; told of every change. */
    public interface Keeper {
        /** Nothing is kept. */
        Keeper NONE = new Keeper() {
            @Override
            public void marked(String edge, long seq, long seenMs) {}

            @Override
            public void forgotten(String edge) {}
        };

        /**
         * An edge's mark moved.
         *
         * @param seenMs the greatest time of any event when the edge was heard of last, which is now
         */
        void marked(String edge, long seq, long seenMs);

        void forgotten(String edge);
    }

    private static final class Mark {
        private long seq = ConnectionEvent.NO_SEQ;
        private long seenMs;

        private long seenMs() {
            return seenMs;
        }
    }

    public EdgeMarks(Keeper keeper) {
        this.keeper = keeper;
    }

    /** Takes back what was kept of an edge. */
    public void restore(String edge, long seq, long seenMs) {
        Mark mark = new Mark();
        mark.seq = seq;
        mark.seenMs = seenMs;
        marks.put(edge, mark);
        newestMs = Math.max(newestMs, seenMs);
    }

    public boolean isDuplicate(String edge, long seq) {
        Mark mark = marks.get(edge);
        return mark != null && seq != ConnectionEvent.NO_SEQ && seq <= mark.seq;
    }

    /** An event of the edge was counted. */
    public void advance(String edge, long seq, long occurredAtMs) {
        Mark mark = marks.get(edge);
        if (mark == null) {
            mark = begin(edge);
        }
        newestMs = Math.max(newestMs, occurredAtMs);
        mark.seq = Math.max(mark.seq, seq);
        mark.seenMs = newestMs;
        keeper.marked(edge, mark.seq, mark.seenMs);
    }

    /** The greatest time of any event counted in this partition, milliseconds since the epoch; 0 before the first. */
    public long newestMs() {
        return newestMs;
    }

    private Mark begin(String edge) {
        if (marks.size() >= MOST_EDGES) {
            forgetOldest();
        }
        Mark mark = new Mark();
        marks.put(edge, mark);
        return mark;
    }

    /** By name among equals: the same partition must give the same marks. */
    private void forgetOldest() {
        marks.entrySet().stream()
                .min(Comparator.<Map.Entry<String, Mark>>comparingLong(
                                entry -> entry.getValue().seenMs())
                        .thenComparing(Map.Entry::getKey))
                .ifPresent(oldest -> {
                    marks.remove(oldest.getKey());
                    keeper.forgotten(oldest.getKey());
                });
    }
}
