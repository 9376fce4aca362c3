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
 * @param inVain partitions that have not got it: only when those are all of the site's, by all engines together, there is no such case
 * @param partitions how many the site has; 0 while that is not known
 */
public record CaseLookup(Optional<CaseFacts> found, Rules rules, long newestMs, List<Integer> inVain, int partitions) {
    public CaseLookup {
        inVain = List.copyOf(inVain);
    }
}
