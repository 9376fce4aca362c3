package io.weir.replay.offline;

import io.weir.model.OperatorOverride;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.throttle.Answer;
import io.weir.throttle.Attempt;
import io.weir.throttle.EdgeDecision;
import io.weir.throttle.EnvelopeMemory;
import io.weir.throttle.Knowledge;
import io.weir.throttle.Waiting;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One edge for all that was recorded: it knows a verdict some time after it was decided, decides as every edge does, and remembers what it
 * deferred. It has no brake and knows of no overrides and connectors: what these passed is recorded as exempt.
 */
final class OfflineEdge implements Knowledge {
    private static final int MOST_ENVELOPES = 1_000_000;
    /** Senders give a message up after about 5 days. */
    private static final long ENVELOPE_LIFE_MS = 5 * 86_400_000L;

    private static final long PURGE_EVERY_MS = 3_600_000;

    private final long delayMs;
    private final PriorityQueue<OnTheWay> onTheWay = new PriorityQueue<>();
    private final Map<String, Verdict> known = new HashMap<>();
    private final EnvelopeMemory memory = new EnvelopeMemory(MOST_ENVELOPES, ENVELOPE_LIFE_MS);
    private long serial;
    private long nextPurgeMs;

    /** A verdict that edges do not know yet. */
    private record OnTheWay(long knownAtMs, long serial, Verdict verdict) implements Comparable<OnTheWay> {
        @Override
        public int compareTo(OnTheWay other) {
            int byTime = Long.compare(knownAtMs, other.knownAtMs);
            return byTime == 0 ? Long.compare(serial, other.serial) : byTime;
        }
    }

    OfflineEdge(long delayMs) {
        this.delayMs = delayMs;
    }

    void decided(Verdict verdict) {
        onTheWay.add(new OnTheWay(verdict.decidedAtMs() + delayMs, ++serial, verdict));
    }

    /** The answer to a transaction that was not tried before. */
    Answer first(SenderKey sender, long envelope, boolean nullSender, long nowMs) {
        learn(nowMs);
        Answer answer = EdgeDecision.decide(new Attempt(sender, false, nullSender, envelope, null), this, nowMs);
        if (answer.defers()) {
            memory.answered(sender, envelope, answer, nowMs);
        }
        return answer;
    }

    /** The answer to one that was deferred. */
    Answer again(SenderKey sender, long envelope, boolean nullSender, long nowMs) {
        learn(nowMs);
        Waiting waiting = memory.waiting(sender, envelope, nowMs);
        Answer answer = EdgeDecision.decide(new Attempt(sender, false, nullSender, envelope, waiting), this, nowMs);
        memory.answered(sender, envelope, answer, nowMs);
        return answer;
    }

    /** The verdict that an answer follows from, or null. */
    static @Nullable Verdict verdictOf(Answer answer) {
        if (answer instanceof Answer.Throttled throttled) {
            return throttled.verdict();
        }
        if (answer instanceof Answer.WithinShare within) {
            return within.verdict();
        }
        return answer instanceof Answer.WouldDefer would ? would.verdict() : null;
    }

    private void learn(long nowMs) {
        for (OnTheWay next = onTheWay.peek(); next != null && next.knownAtMs <= nowMs; next = onTheWay.peek()) {
            onTheWay.remove();
            known.put(next.verdict.client(), next.verdict);
        }
        if (nowMs >= nextPurgeMs) {
            nextPurgeMs = nowMs + PURGE_EVERY_MS;
            known.values().removeIf(verdict -> nowMs - PURGE_EVERY_MS >= verdict.expiresAtMs());
        }
    }

    @Override
    public @Nullable OperatorOverride overrideOf(SenderKey sender, long nowMs) {
        return null;
    }

    @Override
    public @Nullable Verdict verdictOf(String client) {
        return known.get(client);
    }
}
