package io.weir.replay.offline;

import io.weir.model.ConnectionEvent;
import io.weir.model.Verdict;
import io.weir.model.WeirEvent;
import io.weir.replay.offline.Decision.Fate;
import io.weir.serde.VerdictJson;
import io.weir.throttle.Answer;
import io.weir.throttle.Standing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where both ways ask the edge and hand events to the engines; tells of it. */
final class Desk {
    /** The golden ratio's fraction of 2^64: multiples of it are spread evenly. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final OfflineSite site;
    private final OfflineEdge edge;
    private final Observer observer;
    private long transactions;

    Desk(OfflineSite site, OfflineEdge edge, Observer observer) {
        this.site = site;
        this.edge = edge;
        this.observer = observer;
    }

    /**
     * A number that stands for a transaction's envelope, of which a record tells nothing: by chance, and the same in every replay. What was
     * tried again in the record counts as another envelope.
     */
    long envelope() {
        long mixed = ++transactions * GOLDEN;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Asks about a transaction that was not tried before. */
    Fate first(int partition, ConnectionEvent event, int recipients, long envelope) {
        long now = event.occurredAtMs();
        return decided(
                partition, event, recipients, edge.first(event.sender(), envelope, event.nullSender(), now), now, now);
    }

    /**
     * Asks about a transaction that was deferred.
     *
     * @param sinceMs when it was tried first
     */
    Fate again(int partition, ConnectionEvent event, int recipients, long envelope, long nowMs, long sinceMs) {
        Answer answer = edge.again(event.sender(), envelope, event.nullSender(), nowMs);
        return decided(partition, event, recipients, answer, nowMs, sinceMs);
    }

    private Fate decided(
            int partition, ConnectionEvent event, int recipients, Answer answer, long nowMs, long sinceMs) {
        Fate fate = answer.defers() ? Fate.DEFERRED : Fate.ADMITTED;
        if (answer instanceof Answer.WouldDefer) {
            fate = Fate.WOULD_DEFER;
        }
        Verdict verdict = OfflineEdge.verdictOf(answer);
        observer.decided(new Decision(
                nowMs,
                event.edge(),
                event.clientAddress(),
                event.sender(),
                recipients,
                fate,
                verdict,
                verdict == null ? null : standing(partition, event),
                sinceMs));
        return fate;
    }

    private @Nullable Standing standing(int partition, ConnectionEvent event) {
        return site.standing(partition, event.sender()).orElse(null);
    }

    /** Has an engine judge an event. */
    void judge(int partition, WeirEvent event) {
        List<Verdict> verdicts = site.take(partition, event);
        for (Verdict verdict : verdicts) {
            // What edges know has gone over a topic, which rounds fractions.
            Verdict told = VerdictJson.read(VerdictJson.write(verdict));
            edge.decided(told);
            observer.judged(told);
        }
    }

    Observer observer() {
        return observer;
    }
}
