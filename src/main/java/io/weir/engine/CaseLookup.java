package io.weir.engine;

import io.weir.throttle.Rules;
import java.util.List;
import java.util.Optional;

/**
 * What one engine knows of a case.
 *
 * @param found empty when it is in none of the partitions looked at
 * @param rules in force in one of the partitions
 * @param newestMs the greatest event time of that partition
 * @param partitions those looked at in vain: only when all of the site's were, by all engines together, there is no such case
 * @param elsewhere other engines to ask, as {@code host:port}
 */
public record CaseLookup(
        Optional<CaseFacts> found, Rules rules, long newestMs, List<Integer> partitions, List<String> elsewhere) {
    public CaseLookup {
        partitions = List.copyOf(partitions);
        elsewhere = List.copyOf(elsewhere);
    }
}
