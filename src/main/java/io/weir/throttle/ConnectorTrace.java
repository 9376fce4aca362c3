package io.weir.throttle;

import io.weir.model.Connector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the connectors say of one attempt.
 *
 * @param trusted the connector by which the client is trusted; null when there is none
 * @param alsoTrusted names of others that match as well: none of them counts
 * @param broken the partner connector whose restriction the mail breaks; null when there is none
 * @param violation what is broken; null when nothing is
 * @param miss what nearly matched, or what a connector in test mode would have done: {@code name:what}; null when nothing did
 */
public record ConnectorTrace(
        @Nullable Connector trusted,
        List<String> alsoTrusted,
        @Nullable Connector broken,
        @Nullable Violation violation,
        @Nullable String miss) {
    static final ConnectorTrace NOTHING = new ConnectorTrace(null, List.of(), null, null, null);

    /** How mail breaks a partner's restrictions. */
    public enum Violation {
        NETWORK("network"),
        CERTIFICATE("certificate"),
        /** It may come right by itself: the client is asked to use STARTTLS. */
        TLS("tls");

        private final String label;

        Violation(String label) {
            this.label = label;
        }

        /** The word in events. */
        public String label() {
            return label;
        }
    }
}
