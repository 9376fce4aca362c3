package io.weir.replay;

import io.weir.model.ConnectionEvent;
import io.weir.model.Verdict;
import io.weir.throttle.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All verdicts of a replay, by client and time: which of them was in force when a given event came?
 *
 * <p>An edge judges by the verdict it has at that moment; here nothing travels, so a verdict is in force for every event after the one
 * that brought it about.
 */
public final class VerdictHistory {
    /** Each takes some 150 bytes; beyond, the oldest clients' are complete and the rest is counted in {@link #dropped()}. */
    private static final int MOST = 1_000_000;

    private final Map<String, TreeMap<Long, Verdict>> byClient = new HashMap<>();
    private final int most;
    private int kept;
    private long dropped;

    public VerdictHistory() {
        this(MOST);
    }

    VerdictHistory(int most) {
        this.most = most;
    }

    /** In the order of decisions per client, as a partition holds them. What only alarms is left out: no mail ever meets it. */
    public void add(Verdict verdict) {
        if (verdict.alarms()) {
            return;
        }
        if (kept == most) {
            dropped++;
            return;
        }
        kept++;
        byClient.computeIfAbsent(verdict.client(), client -> new TreeMap<>()).put(verdict.decidedAtMs(), verdict);
    }

    /** Verdicts that were too many to keep. */
    public long dropped() {
        return dropped;
    }

    Map<String, TreeMap<Long, Verdict>> byClient() {
        return byClient;
    }

    /** The throttle that would have met this event: on its sender, or else on its network unless that spares the sender. */
    @Nullable
    Verdict throttleOf(ConnectionEvent event) {
        if (event.exemptBy() != null) {
            return null;
        }
        Verdict own = at(event.sender().text(), event.occurredAtMs());
        if (own != null) {
            return concerns(own, event) ? own : null;
        }
        Verdict network = at(event.sender().network(), event.occurredAtMs());
        if (network == null || network.exempt().contains(event.sender().text())) {
            return null;
        }
        return concerns(network, event) ? network : null;
    }

    private @Nullable Verdict at(String client, long timeMs) {
        TreeMap<Long, Verdict> verdicts = byClient.get(client);
        Map.Entry<Long, Verdict> last = verdicts == null ? null : verdicts.lowerEntry(timeMs);
        return last != null && timeMs < last.getValue().expiresAtMs() ? last.getValue() : null;
    }

    private static boolean concerns(Verdict verdict, ConnectionEvent event) {
        boolean throttles = verdict.action() == Verdict.Action.THROTTLE;
        return throttles && (event.nullSender() || !verdict.reason().equals(Reason.NULL_SENDER_SURGE.id()));
    }
}
