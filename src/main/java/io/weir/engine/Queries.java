package io.weir.engine;

import io.weir.model.NetworkKey;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.PackedRows;
import java.util.List;

/** What can be asked of a running engine. Every question is answered from the state that it judges by, as far as it has judged. */
public interface Queries {
    /** Most senders or verdicts in one answer. */
    int MOST = 10_000;

    /**
     * The sender an address belongs to by the rules in force, which say how many bits of an IPv6 address make one.
     *
     * @throws IllegalArgumentException when it is not one plain IP address
     */
    Answer<SenderKey> senderOf(String address);

    Answer<SenderFacts> sender(SenderKey sender);

    Answer<NetworkFacts> network(NetworkKey network);

    /**
     * Hours of a sender's traffic, oldest first: those of closed days from the traffic store, and those its state still holds, which win.
     *
     * @param fromDay first day, days since the epoch
     * @param toDay last day, included
     * @return rows as {@link io.weir.throttle.Traffic.Column} names their columns; index hours since the epoch
     */
    Answer<List<PackedRows.Row>> traffic(SenderKey sender, long fromDay, long toDay);

    /** A sender's verdicts decided within the span, oldest first, at most {@link #MOST}; kept for 35 days. */
    Answer<List<Verdict>> verdictsOf(SenderKey sender, long fromMs, long toMs);

    /** The same of verdicts on a network's newcomers. */
    Answer<List<Verdict>> verdictsOf(NetworkKey network, long fromMs, long toMs);

    /**
     * A case of the last 35 days, in the partitions that this engine judges or keeps a copy of: nobody can tell from a case in which partition it is.
     *
     * @param caseId as replies carry it; whatever else is nobody's case
     */
    Answer<CaseLookup> caseOf(String caseId);

    /**
     * Senders, and networks' newcomers, with a throttle in force, in the partitions that this engine judges or keeps a copy of.
     *
     * @param after the position behind which to begin; empty for the beginning
     * @param limit most senders, 1 to {@link #MOST}
     * @throws IllegalArgumentException when the filter's network or the position is none
     */
    Answer<ThrottledSenders> throttled(ThrottledFilter filter, String after, int limit);

    /** What this engine does; always answered. */
    EngineReport report();

    /** The other engines of the site, as far as this one knows, which answer for theirs. */
    List<EngineAddress> others();

    /**
     * The same questions, answered from what this engine has, be it a copy: never with {@link Answer.Remote}. For whoever was sent here by
     * another engine, so that no question goes round in circles.
     */
    Queries here();
}
