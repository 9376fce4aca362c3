package io.weir.engine;

import io.weir.model.Verdict;
import io.weir.throttle.InForce;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Senders, and networks whose newcomers are throttled, with a throttle in force, as one engine knows them: a page of them.
 *
 * @param parts the partitions that this engine judges or keeps a copy of, as far as they belong on the page; in their order, judged ones first
 * @param partitions how many there are in all
 */
public record ThrottledSenders(List<Part> parts, int partitions) {
    public ThrottledSenders {
        parts = List.copyOf(parts);
    }

    /**
     * Those of one partition, in the order of their positions.
     *
     * @param standby whether it is a copy
     * @param lag changes that the copy lacks, as {@link Answer.Local} has it
     * @param newestMs greatest event time seen
     * @param next where to go on in this partition; empty when there are no more
     */
    public record Part(int partition, boolean standby, long lag, long newestMs, List<Sender> senders, String next) {
        public Part {
            senders = List.copyOf(senders);
        }
    }

    /**
     * One of them.
     *
     * @param position where it stands in the list of all, for whoever goes on behind it
     * @param client its text, as verdicts carry it
     * @param inForce the throttle in force
     * @param verdict its record, which tells more; null when it is no longer kept
     */
    public record Sender(
            String position,
            String client,
            InForce inForce,
            @Nullable Verdict verdict) {}
}
