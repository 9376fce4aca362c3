package io.weir.http;

import io.weir.explain.CaseTold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine answers another one that asks for a case.
 *
 * @param standby whether what is told comes from a copy, which may be a little old
 * @param inVain partitions that have not got it
 * @param told null when it is in none that the engine has
 */
record CaseReply(
        boolean standby, List<Integer> inVain, @Nullable CaseTold told) {
    CaseReply {
        inVain = List.copyOf(inVain);
    }
}
