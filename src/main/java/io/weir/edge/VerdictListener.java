package io.weir.edge;

import io.weir.model.Verdict;
import org.jspecify.annotations.Nullable;

/** Is told of every record on {@code smtp-verdicts}, in the order of its partition. */
@FunctionalInterface
public interface VerdictListener {
    /**
     * @param client text of a sender or of a network: the record's key
     * @param verdict what edges shall do, or null when the engine has taken back what it said last
     */
    void verdict(String client, @Nullable Verdict verdict);
}
