package io.weir.replay;

import io.weir.model.ConnectionEvent;
import io.weir.model.Outcome;
import io.weir.model.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds a log's events against the verdicts that were made of them: what would have been deferred?
 *
 * <p>An edge lets the admit fraction of attempts through, chosen by envelope. A log does not tell envelopes, so each attempt counts by its
 * probability: of 100 recipients under an admit fraction of 0.2, 80 count as deferred. What really came in that time is taken as it came;
 * a sender that is answered 451 would have come back later.
 */
public final class ThrottleTally {
    private final VerdictHistory verdicts;
    private final Map<String, Sums> senders = new HashMap<>();
    private double deferred;
    private long recipients;

    /** What is known of one throttled sender. */
    private static final class Sums {
        private double deferred;
        private long recipients;
    }

    public ThrottleTally(VerdictHistory verdicts) {
        this.verdicts = verdicts;
    }

    /** Counts one event of the log. */
    public void add(ConnectionEvent event) {
        if (!event.transaction() || event.outcome() != Outcome.ADMITTED) {
            return;
        }
        recipients += event.recipients();
        Verdict throttle = verdicts.throttleOf(event);
        double share = throttle == null ? 0 : 1 - throttle.admit();
        deferred += share * event.recipients();
        count(event.sender().text(), event, share);
        if (throttle != null && !throttle.client().equals(event.sender().text())) {
            count(throttle.client(), event, share);
        }
    }

    private void count(String client, ConnectionEvent event, double share) {
        if (verdicts.byClient().containsKey(client)) {
            Sums sums = senders.computeIfAbsent(client, one -> new Sums());
            sums.recipients += event.recipients();
            sums.deferred += share * event.recipients();
        }
    }

    public ThrottleReport report() {
        List<ThrottleReport.Throttled> throttled = new ArrayList<>();
        Map<String, ThrottleReport.ByReason> reasons = new TreeMap<>();
        verdicts.byClient().forEach((client, history) -> {
            ThrottleReport.Throttled one = throttled(client, history);
            if (one.episodes() > 0) {
                throttled.add(one);
                one.reasons()
                        .forEach(reason -> reasons.merge(
                                reason, new ThrottleReport.ByReason(1, one.episodes()), ThrottleReport.ByReason::plus));
            }
        });
        throttled.sort(Comparator.comparingDouble(ThrottleReport.Throttled::deferred)
                .reversed()
                .thenComparing(ThrottleReport.Throttled::firstMs)
                .thenComparing(ThrottleReport.Throttled::client));
        return new ThrottleReport(
                recipients, Math.round(deferred), List.copyOf(throttled), reasons, verdicts.dropped());
    }

    private ThrottleReport.Throttled throttled(String client, TreeMap<Long, Verdict> history) {
        TreeSet<String> reasons = new TreeSet<>();
        long first = -1;
        long until = -1;
        int episodes = 0;
        for (Verdict verdict : history.values()) {
            if (verdict.action() == Verdict.Action.ALLOW) {
                until = Math.min(until, verdict.decidedAtMs());
                continue;
            }
            first = first < 0 ? verdict.decidedAtMs() : first;
            episodes += verdict.decidedAtMs() >= until ? 1 : 0;
            until = verdict.expiresAtMs();
            reasons.add(verdict.reason());
        }
        Sums sums = senders.getOrDefault(client, new Sums());
        return new ThrottleReport.Throttled(
                client, List.copyOf(reasons), episodes, first, until, sums.recipients, Math.round(sums.deferred));
    }
}
