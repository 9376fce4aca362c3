package io.weir.cli;

import io.weir.model.Pools;
import io.weir.throttle.RuleKey;
import io.weir.throttle.Rules;
import io.weir.throttle.RulesException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules with a pool more, or less. */
final class PoolRules {
    private PoolRules() {}

    /**
     * Declares a pool, in place of one of that name.
     *
     * @throws CommandException when the name or a network is no good, or another pool has a network
     */
    static Rules with(Rules before, String name, List<String> networks) {
        requireName(name);
        Map<String, String> settings = new HashMap<>(before.settings());
        settings.put(RuleKey.POOL_PREFIX + name, String.join(", ", networks));
        try {
            return Rules.of(settings);
        } catch (RulesException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()), e);
        }
    }

    /** @throws CommandException when there is no such pool */
    static Rules without(Rules before, String name) {
        requireName(name);
        Map<String, String> settings = new HashMap<>(before.settings());
        if (settings.remove(RuleKey.POOL_PREFIX + name) == null) {
            throw CommandException.failed("there is no pool " + name);
        }
        return Rules.of(settings);
    }

    private static void requireName(String name) {
        try {
            Pools.requireName(name);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()), e);
        }
    }
}
