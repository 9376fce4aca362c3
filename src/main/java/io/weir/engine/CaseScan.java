package io.weir.engine;

import io.weir.throttle.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/** Looks for one case in partition after partition. */
final class CaseScan {
    private final String caseId;
    private final List<Integer> inVain = new ArrayList<>();
    private Rules rules = Rules.DEFAULTS;
    private long newestMs;

    CaseScan(String caseId) {
        this.caseId = caseId;
    }

    /**
     * Looks in one partition. One that moves away meanwhile has not been looked at: whoever has it tells of it.
     *
     * @param isComplete whether what is not there does not exist
     */
    Optional<CaseFacts> in(PartitionStores stores, int number, boolean isComplete) {
        try {
            Optional<CaseFacts> found = stores.caseFacts(caseId);
            rules = stores.controls().rules();
            newestMs = stores.newestMs();
            if (found.isEmpty() && isComplete) {
                inVain.add(number);
            }
            return found;
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    CaseLookup result(Optional<CaseFacts> found, int partitions) {
        return new CaseLookup(found, rules, newestMs, inVain, partitions);
    }
}
