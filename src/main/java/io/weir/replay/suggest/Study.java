package io.weir.replay.suggest;

import io.weir.model.ConnectionEvent;
import io.weir.model.SenderKey;
import io.weir.throttle.Horizon;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.Rules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Watches how senders begin. Who is there when the record begins may have been there for years, so that only those count as new who come
 * after its first week; and only those teach what a newcomer needs who later proved established and clean.
 */
public final class Study {
    /** Days of the record's beginning in which nobody counts as new. */
    public static final int KNOWN_DAYS = 7;
    /** Fewer newcomers say nothing about others. */
    public static final int LEAST_SENDERS = 10;
    /** So many of them shall not be held up when they begin. */
    public static final double SHARE = 0.95;

    private static final int MOST_SENDERS = 1_000_000;
    private static final int MOST_BLOCKS = 50;

    private final Rules rules;
    private final Map<SenderKey, SenderStudy> senders = new HashMap<>();
    private long beganMs = -1;

    /** What became of a sender. */
    public enum Fate {
        /** Established and clean, and there from the beginning of the record. */
        KNOWN,
        /** Came later, and proved established and clean. */
        PROVEN,
        /** Came and went, or was rejected too often. */
        OTHER
    }

    /** @param rules by which a sender is established and its conduct clean */
    public Study(Rules rules) {
        this.rules = rules;
    }

    /** In the order of time; senders beyond a million are not looked at. */
    public void add(ConnectionEvent event) {
        if (!event.transaction() || event.exemptBy() != null || event.recipients() == 0) {
            return;
        }
        beganMs = beganMs < 0 ? event.occurredAtMs() : beganMs;
        SenderStudy known = senders.get(event.sender());
        if (known == null && senders.size() < MOST_SENDERS) {
            known = new SenderStudy(event.sender(), event.occurredAtMs());
            senders.put(event.sender(), known);
        }
        if (known != null) {
            known.add(event);
        }
    }

    /** Days that a record must span before anybody can come in it and prove good. */
    public int leastDays() {
        return KNOWN_DAYS + rules.established().ageDays() + 1;
    }

    /** Share of a sender's recipients that may have been rejected for it to be clean. */
    public double cleanShare() {
        return rules.conduct().rejectedShare() / 2;
    }

    /** Senders that came after the first week. */
    public long newcomers() {
        return senders.values().stream().filter(this::isNew).count();
    }

    /** How those began who later proved established and clean. */
    public List<PerHorizon> provenBeginnings() {
        return senders.values().stream()
                .filter(one -> fate(one) == Fate.PROVEN)
                .map(SenderStudy::beginning)
                .toList();
    }

    /** What all but a few of them sent at most when they began; zero when they are too few to say. */
    public PerHorizon needed() {
        List<PerHorizon> beginnings = provenBeginnings();
        if (beginnings.size() < LEAST_SENDERS) {
            return PerHorizon.ZERO;
        }
        return new PerHorizon(
                quantile(beginnings, PerHorizon::fiveMinutes),
                quantile(beginnings, PerHorizon::hour),
                quantile(beginnings, PerHorizon::day));
    }

    private static long quantile(List<PerHorizon> beginnings, ToLongFunction<PerHorizon> of) {
        long[] sorted = beginnings.stream().mapToLong(of).sorted().toArray();
        return sorted[(int) Math.ceil(SHARE * sorted.length) - 1];
    }

    /** Senders that were not seen are others. */
    Fate fate(SenderKey sender) {
        SenderStudy seen = senders.get(sender);
        return seen == null ? Fate.OTHER : fate(seen);
    }

    private Fate fate(SenderStudy one) {
        boolean isGood = one.volumes().active() >= rules.established().activeDays()
                && one.volumes().span() >= rules.established().ageDays()
                && isClean(one);
        if (!isGood) {
            return Fate.OTHER;
        }
        return isNew(one) ? Fate.PROVEN : Fate.KNOWN;
    }

    private boolean isNew(SenderStudy one) {
        return one.firstMs() >= beganMs + KNOWN_DAYS * Horizon.DAY.millis();
    }

    private boolean isClean(SenderStudy one) {
        return one.rejectedShare() < cleanShare();
    }

    /** Networks whose addresses share work, those with most addresses first; pools and what comes by a connector are known already. */
    public List<Block> blocks() {
        Map<String, List<SenderStudy>> byNetwork = new HashMap<>();
        senders.values().stream()
                .filter(one -> !one.sender().isPool() && isClean(one))
                .forEach(one -> byNetwork
                        .computeIfAbsent(one.sender().network(), network -> new ArrayList<>())
                        .add(one));
        return byNetwork.entrySet().stream()
                .map(entry -> Block.of(entry.getKey(), entry.getValue()))
                .filter(Block::sharesWork)
                .sorted(Comparator.comparingInt((Block block) -> -block.senders())
                        .thenComparing(Block::network))
                .limit(MOST_BLOCKS)
                .toList();
    }
}
