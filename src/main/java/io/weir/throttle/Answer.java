package io.weir.throttle;

import io.weir.model.Connector;
import io.weir.model.OperatorOverride;
import io.weir.model.Verdict;

/** What an edge answers, and why. */
public sealed interface Answer {
    /** The word in metrics and in a probe's answer. */
    String label();

    /** The share of attempts that passes where this answer comes from; 1 where nothing is held back. */
    default double fraction() {
        return 1;
    }

    default boolean defers() {
        return this instanceof Defer;
    }

    /** Let it pass. */
    sealed interface Admit extends Answer {}

    /** Never touched: our own. */
    record Ours() implements Admit {
        @Override
        public String label() {
            return "ours";
        }
    }

    /** To postmaster@ or abuse@: whoever is throttled must be able to say so. */
    record Role() implements Admit {
        @Override
        public String label() {
            return "role";
        }
    }

    /** Nothing is known against it. */
    record Unthrottled() implements Admit {
        @Override
        public String label() {
            return "unthrottled";
        }
    }

    /** An operator said so. */
    record Allowed(OperatorOverride override) implements Admit {
        @Override
        public String label() {
            return "allowed";
        }

        @Override
        public double fraction() {
            return override.action() == OperatorOverride.Action.THROTTLE ? override.admit() : 1;
        }
    }

    /** By a connector. */
    record Trusted(Connector connector) implements Admit {
        @Override
        public String label() {
            return "trusted";
        }
    }

    /** Throttled, and within the share that passes. */
    record WithinShare(Verdict verdict) implements Admit {
        @Override
        public String label() {
            return "within-share";
        }

        @Override
        public double fraction() {
            return verdict.admit();
        }
    }

    /** Its network is throttled, and it is among the few recipients that each newcomer gets through by trying again. */
    record WithinFloor(Verdict verdict) implements Admit {
        @Override
        public String label() {
            return "within-floor";
        }

        @Override
        public double fraction() {
            return verdict.admit();
        }
    }

    /** A verdict in shadow would have deferred it: it passes, and the event says so. */
    record WouldDefer(Verdict verdict) implements Admit {
        @Override
        public String label() {
            return "would-defer";
        }
    }

    /** A verdict would have deferred it, but the edge's brake is on. */
    record Braked(Verdict verdict) implements Admit {
        @Override
        public String label() {
            return "braked";
        }
    }

    /** Answer 451. */
    sealed interface Defer extends Answer {}

    /** By the engine's verdict. */
    record Throttled(Verdict verdict) implements Defer {
        @Override
        public String label() {
            return "throttled";
        }

        @Override
        public double fraction() {
            return verdict.admit();
        }
    }

    /** By an operator's override. */
    record Overridden(OperatorOverride override) implements Defer {
        @Override
        public String label() {
            return "overridden";
        }

        @Override
        public double fraction() {
            return override.admit();
        }
    }

    /** A partner's connector asks for TLS: 451 until the client uses STARTTLS. */
    record TlsWanted(Connector connector) implements Defer {
        @Override
        public String label() {
            return "tls-wanted";
        }
    }

    /** Not from where a partner's connector says its mail comes from: 550. */
    record Refused(Connector connector, ConnectorTrace.Violation violation) implements Answer {
        @Override
        public String label() {
            return "refused";
        }
    }
}
