package io.weir.operator;

import io.weir.model.Connector;
import io.weir.model.OperatorChange;
import io.weir.model.OperatorOverride;
import io.weir.model.RulesChange;
import java.util.List;
import java.util.Map;

/**
 * What operators have said, and say. Every method throws an {@link OperatorException} when what is said is not known at the moment, or cannot be
 * written; then nothing was.
 */
public interface Operators {
    /** Most changes that are known: older ones are on the topic alone. */
    int MOST_CHANGES = 10_000;

    /** By target, in the order of the targets; expired ones too. Not changed once it is given. */
    Map<String, OperatorOverride> overrides();

    /** By name, in the order of the names. Not changed once it is given. */
    Map<String, Connector> connectors();

    /** The newest first, at most {@link #MOST_CHANGES}. */
    List<OperatorChange> changes();

    /** What is known of the rules, oldest first; the last are in force. Empty: nobody has said anything. */
    List<RulesChange> rules();

    /** Writes overrides, all or none, each under its own author, comment and time; those for the same targets are replaced. */
    void putOverrides(List<OperatorOverride> overrides);

    void deleteOverride(String target, Signature by);

    /** Writes connectors, all or none; those of the same names are replaced. */
    void putConnectors(List<Connector> connectors, Signature by);

    void deleteConnector(String name, Signature by);
}
