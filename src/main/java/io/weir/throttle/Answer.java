package io.weir.throttle;

import io.weir.model.Connector;
import io.weir.model.OperatorOverride;
import io.weir.model.Verdict;

/** What an edge answers, and why. */
public sealed interface Answer {
    /** Let it pass. */
    sealed interface Admit extends Answer {}

    /** Never touched: our own. */
    record Ours() implements Admit {}

    /** Nothing is known against it. */
    record Unthrottled() implements Admit {}

    /** An operator said so. */
    record Allowed(OperatorOverride override) implements Admit {}

    /** By a connector. */
    record Trusted(Connector connector) implements Admit {}

    /** Throttled, and within the share that passes. */
    record WithinShare(Verdict verdict) implements Admit {}

    /** A verdict in shadow would have deferred it: it passes, and the event says so. */
    record WouldDefer(Verdict verdict) implements Admit {}

    /** Answer 451. */
    sealed interface Defer extends Answer {}

    /** By the engine's verdict. */
    record Throttled(Verdict verdict) implements Defer {}

    /** By an operator's override. */
    record Overridden(OperatorOverride override) implements Defer {}

    /** A partner's connector asks for TLS: 451 until the client uses STARTTLS. */
    record TlsWanted(Connector connector) implements Defer {}

    /** Not from where a partner's connector says its mail comes from: 550. */
    record Refused(Connector connector, ConnectorTrace.Violation violation) implements Answer {}

    /** The share of attempts that passes where this answer comes from; 1 where nothing is held back. */
    default double fraction() {
        if (this instanceof WithinShare within) {
            return within.verdict().admit();
        } else if (this instanceof Throttled throttled) {
            return throttled.verdict().admit();
        } else if (this instanceof Overridden overridden) {
            return overridden.override().admit();
        } else if (this instanceof Allowed allowed && allowed.override().action() == Verdict.Action.THROTTLE) {
            return allowed.override().admit();
        }
        return 1;
    }

    default boolean defers() {
        return this instanceof Defer;
    }
}
