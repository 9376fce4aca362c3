package io.weir.replay.offline;

import io.weir.model.ConnectionEvent;
import io.weir.model.RulesChange;
import io.weir.model.WeirEvent;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import io.weir.throttle.RulesException;
import java.util.HashMap;
import java.util.Map;

/**
 * One way through the past under one set of rules: takes everything that was recorded, in the order of each partition, then the end.
 *
 * <pre>
 * recorded --> edge: decide --> engine: step --> verdicts --(delay)--> edge
 *                |  ^
 *                v  |  deferred: tries again, by the retry model
 *              waiting
 * </pre>
 *
 * <p>On the way as recorded nothing returns from the edge, and the engine gets what was recorded. Not safe for use by several threads.
 */
public final class OfflineRun {
    private final Setup setup;
    private final OfflineSite site;
    private final Desk desk;
    private final Flow flow;
    private long refusedRules;

    /** @param watch makes what sees everything that happens; it may ask the site at any time */
    public OfflineRun(Setup setup, Watch watch) {
        this.setup = setup;
        this.site = new OfflineSite(setup);
        OfflineEdge edge = new OfflineEdge(setup.verdictDelay().toMillis());
        this.desk = new Desk(site, edge, watch.of(site));
        this.flow = switch (setup.way()) {
            case AS_RECORDED -> new AsRecorded(desk, setup);
            case WHAT_IF -> new WhatIf(desk, setup);
        };
    }

    /** Makes an observer of a site. */
    @FunctionalInterface
    public interface Watch {
        Observer of(OfflineSite site);
    }

    /**
     * Puts the rules in force that this run begins with: its own; or none, and on the way what-if the defaults, enforced. To be called before the
     * first event.
     */
    public void begin(long atMs) {
        Rules own = setup.rules();
        if (own == null && setup.way() == Way.AS_RECORDED) {
            return;
        }
        Map<String, String> settings = own == null ? Setup.asIfEnforced(Map.of()) : own.settings();
        for (int partition = 0; partition < setup.partitions(); partition++) {
            desk.judge(partition, new RulesChange("replay", atMs, settings));
        }
    }

    /** @param partition 0 for the first */
    public void take(int partition, WeirEvent event) {
        if (event instanceof RulesChange change) {
            rules(partition, change);
        } else if (event instanceof ConnectionEvent connection) {
            if (!site.drops(partition, connection)) {
                flow.take(partition, connection);
                desk.observer().recorded(partition, connection);
            }
        } else {
            desk.judge(partition, event);
        }
    }

    /** What is recorded to be the rules holds unless this run has rules of its own; in shadow only where nothing is tried out. */
    private void rules(int partition, RulesChange recorded) {
        if (setup.rules() != null) {
            return;
        }
        try {
            desk.judge(partition, setup.way() == Way.WHAT_IF ? enforced(recorded) : recorded);
        } catch (RulesException e) {
            // The engine makes a dead letter of it and goes on with the rules before.
            refusedRules++;
        }
    }

    private static RulesChange enforced(RulesChange recorded) {
        Map<String, String> settings = new HashMap<>(recorded.settings());
        settings.keySet().removeIf(key -> key.startsWith(RuleKey.MODE_PREFIX));
        return new RulesChange(recorded.edge(), recorded.occurredAtMs(), Setup.asIfEnforced(settings));
    }

    /** Nothing more was recorded. */
    public void end() {
        flow.end();
    }

    public OfflineSite site() {
        return site;
    }

    /** Recorded rules that were no good. */
    public long refusedRules() {
        return refusedRules;
    }
}
