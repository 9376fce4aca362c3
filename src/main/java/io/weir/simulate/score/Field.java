package io.weir.simulate.score;

import io.weir.simulate.defence.Contestant;
import java.util.List;

/**
 * How one contestant fared over all families.
 *
 * @param families one for each, in the order of {@link io.weir.simulate.scenario.Family}
 */
record Field(Contestant contestant, List<FamilyScore> families) {
    Field {
        families = List.copyOf(families);
    }

    /** Share of abusive recipients delivered, mean over the abusive families. */
    double abuseDelivered() {
        return families.stream()
                .filter(FamilyScore::isAbusive)
                .mapToDouble(family -> 1 - family.abuse().deferred())
                .average()
                .orElse(0);
    }

    /** Abusive recipients delivered per campaign and day, mean over the abusive families. */
    double abuseDeliveredPerDay() {
        return families.stream()
                .filter(FamilyScore::isAbusive)
                .mapToDouble(family -> family.abuse().deliveredPerDay())
                .average()
                .orElse(0);
    }

    /** Share of legitimate messages deferred, mean over the families that have some. */
    double goodDeferred() {
        return families.stream()
                .filter(FamilyScore::hasGood)
                .mapToDouble(family -> family.good().deferredShare())
                .average()
                .orElse(0);
    }

    /** Legitimate messages that their senders gave up. */
    long lost() {
        return families.stream().mapToLong(family -> family.good().lost()).sum();
    }
}
