package io.weir.replay.offline;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.SenderKey;
import io.weir.model.Verdict;
import io.weir.replay.offline.Decision.Fate;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what happens on a way through the past. All counts are recipients unless named otherwise. */
public final class Tally implements Observer {
    private final Map<SenderKey, SenderTally> senders = new HashMap<>();
    private final Map<Outcome, Long> recorded = new EnumMap<>(Outcome.class);
    private final Map<String, Long> deferralsByReason = new TreeMap<>();
    private final Map<String, Episodes> episodes = new HashMap<>();
    private final Delays delays = new Delays();
    private final long sinceMs;
    private long verdicts;
    private long firstMs;
    private long lastMs;
    private long attempts;
    private long deferred;
    private long deferrals;
    private long wouldDefer;
    private long givenUp;

    /** The throttles of one client. */
    private static final class Episodes {
        private long untilMs = Long.MIN_VALUE;
        private int count;
    }

    public Tally() {
        this(0);
    }

    /** @param sinceMs what happened before does not count, milliseconds since the epoch */
    public Tally(long sinceMs) {
        this.sinceMs = sinceMs;
    }

    @Override
    public void recorded(int partition, ConnectionEvent event) {
        if (event.occurredAtMs() < sinceMs) {
            return;
        }
        firstMs = firstMs == 0 ? event.occurredAtMs() : Math.min(firstMs, event.occurredAtMs());
        lastMs = Math.max(lastMs, event.occurredAtMs());
        if (event.transaction()) {
            recorded.merge(event.outcome(), (long) event.recipients(), Long::sum);
        }
    }

    @Override
    public void decided(Decision decision) {
        SenderTally sender = sender(decision.sender(), decision.atMs());
        if (decision.sinceMs() < sinceMs) {
            return;
        }
        sender.add(decision);
        attempts += decision.isRetry() ? 0 : decision.attempts();
        switch (decision.fate()) {
            case ADMITTED -> {
                if (decision.isRetry()) {
                    delays.add(decision.atMs() - decision.sinceMs(), decision.attempts());
                }
            }
            case DEFERRED -> {
                deferrals += decision.attempts();
                deferred += decision.isRetry() ? 0 : decision.attempts();
            }
            case WOULD_DEFER -> wouldDefer += decision.attempts();
        }
        Verdict verdict = decision.verdict();
        if (verdict != null && decision.fate() != Fate.ADMITTED) {
            deferralsByReason.merge(verdict.reason(), (long) decision.attempts(), Long::sum);
        }
    }

    @Override
    public void judged(Verdict verdict) {
        if (verdict.decidedAtMs() < sinceMs) {
            return;
        }
        verdicts++;
        Episodes client = episodes.computeIfAbsent(verdict.client(), none -> new Episodes());
        if (verdict.action() == Verdict.Action.ALLOW) {
            client.untilMs = Math.min(client.untilMs, verdict.decidedAtMs());
        } else {
            client.count += verdict.decidedAtMs() >= client.untilMs ? 1 : 0;
            client.untilMs = verdict.expiresAtMs();
        }
    }

    @Override
    public void givenUp(SenderKey sender, int howMany, long triedFirstMs) {
        if (triedFirstMs >= sinceMs) {
            givenUp += howMany;
            sender(sender, triedFirstMs).givenUp(howMany);
        }
    }

    private SenderTally sender(SenderKey key, long atMs) {
        SenderTally known = senders.get(key);
        if (known == null) {
            known = new SenderTally(key, atMs);
            senders.put(key, known);
        }
        return known;
    }

    /** Everyone who sent anything that edges were asked about, also before what counts. */
    public Collection<SenderTally> senders() {
        return Collections.unmodifiableCollection(senders.values());
    }

    /** Senders with anything deferred (or that would have been), those with most first. */
    public List<SenderTally> touched() {
        return senders.values().stream()
                .filter(SenderTally::isTouched)
                .sorted(Comparator.comparingLong((SenderTally one) -> -(one.deferred() + one.wouldDefer()))
                        .thenComparingLong(SenderTally::firstTouchedMs)
                        .thenComparing(one -> one.sender().text()))
                .toList();
    }

    /** Throttles of a client: those that did not merely renew one in force. */
    public int throttles(String client) {
        Episodes known = episodes.get(client);
        return known == null ? 0 : known.count;
    }

    /** Senders and networks that were throttled. */
    public long throttled() {
        return episodes.values().stream().filter(one -> one.count > 0).count();
    }

    /** Verdicts and releases. */
    public long verdicts() {
        return verdicts;
    }

    /** Attempts by what became of them when they were recorded. */
    public Map<Outcome, Long> recorded() {
        return Collections.unmodifiableMap(recorded);
    }

    /** Time of the oldest event, milliseconds since the epoch; 0 without events. */
    public long firstMs() {
        return firstMs;
    }

    public long lastMs() {
        return lastMs;
    }

    /** Attempts that edges were asked about, retries apart. */
    public long attempts() {
        return attempts;
    }

    /** Those of them that were deferred. */
    public long deferred() {
        return deferred;
    }

    /** Deferrals in all, also of retries. */
    public long deferrals() {
        return deferrals;
    }

    /** Attempts that a reason in shadow would have deferred. */
    public long wouldDefer() {
        return wouldDefer;
    }

    /** Attempts whose senders gave up. */
    public long givenUp() {
        return givenUp;
    }

    /** What was deferred and came in later. */
    public Delays delays() {
        return delays;
    }

    /** Deferrals by the reason's id, those in shadow included. */
    public Map<String, Long> deferralsByReason() {
        return Collections.unmodifiableMap(deferralsByReason);
    }
}
