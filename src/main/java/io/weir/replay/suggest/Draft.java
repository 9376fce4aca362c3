package io.weir.replay.suggest;

import io.weir.throttle.Horizon;
import io.weir.throttle.PerHorizon;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rules to be tried.
 *
 * @param name what it is called in the table of what was tried
 * @param document what differs from the shipped rules
 */
public record Draft(String name, Map<String, String> document) {
    public static final Draft SHIPPED = new Draft("the shipped rules", Map.of());

    /** Tried in this order; the first is the shipped one, and more than the last would hardly notice a hijacked host. */
    private static final List<Integer> GROWTHS = List.of(2, 3, 4);

    /** What newcomers of a site need, with growing growth; the first is {@link #SHIPPED} when they need nothing else. */
    public static List<Draft> of(Study study) {
        List<Draft> drafts = new ArrayList<>();
        for (int growth : GROWTHS) {
            Map<String, String> document = new TreeMap<>();
            if (growth != GROWTHS.get(0)) {
                for (RuleKey key : List.of(RuleKey.GROWTH_5M, RuleKey.GROWTH_1H, RuleKey.GROWTH_1D)) {
                    document.put(key.id(), Integer.toString(growth));
                }
            }
            document.putAll(newcomers(study.needed(), Rules.of(document)));
            drafts.add(document.isEmpty() ? SHIPPED : new Draft("growth " + growth, Map.copyOf(document)));
        }
        return List.copyOf(drafts);
    }

    /** The same with some networks taken for pools. */
    public Draft with(List<Block> blocks) {
        Map<String, String> pooled = new HashMap<>(document);
        blocks.forEach(block -> pooled.put(RuleKey.POOL_PREFIX + block.name(), block.network()));
        return new Draft(name + " and pools", Map.copyOf(pooled));
    }

    private static Map<String, String> newcomers(PerHorizon needed, Rules rules) {
        if (needed.equals(PerHorizon.ZERO)) {
            return Map.of();
        }
        PerHorizon allowed = allowances(needed, rules);
        return Map.of(
                RuleKey.NEWCOMER_5M.id(), Long.toString(allowed.fiveMinutes()),
                RuleKey.NEWCOMER_1H.id(), Long.toString(allowed.hour()),
                RuleKey.NEWCOMER_1D.id(), Long.toString(allowed.day()));
    }

    /** Newcomers' allowances under which the given volumes may come at once. */
    static PerHorizon allowances(PerHorizon volumes, Rules rules) {
        long fiveMinutes = allowance(volumes, Horizon.FIVE_MINUTES, rules);
        // What a longer span allows is never less than what a shorter one does.
        long hour = Math.max(fiveMinutes, allowance(volumes, Horizon.HOUR, rules));
        return new PerHorizon(fiveMinutes, hour, Math.max(hour, allowance(volumes, Horizon.DAY, rules)));
    }

    /** The smallest, in two digits, of which the burst has room for the volume: growth by growth and refill of it. */
    private static long allowance(PerHorizon volumes, Horizon horizon, Rules rules) {
        double growth = rules.mail().growth().of(horizon);
        double refill = rules.mail().refill().of(horizon);
        double least = Math.max(rules.mail().floor().get(horizon), volumes.get(horizon) * (growth + refill) / growth);
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(least)) - 1));
        long rounded = (long) (Math.ceil(least / unit) * unit);
        return Math.min(rounded, rules.mail().cap().get(horizon));
    }
}
