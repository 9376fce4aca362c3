package io.weir.throttle;

import io.weir.model.Connector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where two enabled connectors claim the same domain or name the same proof: {@link Connectors} says which one counts, a person should know. */
public final class ConnectorConflicts {
    private ConnectorConflicts() {}

    /** One sentence for each, in the order of the names. */
    public static List<String> among(Collection<Connector> connectors) {
        List<String> conflicts = new ArrayList<>();
        Map<String, String> claimedBy = new HashMap<>();
        connectors.stream()
                .filter(Connector::enabled)
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(connector -> claims(connector).forEach(claim -> {
                    String other = claimedBy.putIfAbsent(claim, connector.name());
                    if (other != null) {
                        conflicts.add(claim + " is in " + other + " and in " + connector.name());
                    }
                }));
        return conflicts;
    }

    private static Set<String> claims(Connector connector) {
        Set<String> claims = new HashSet<>();
        connector.senderDomains().forEach(domain -> claims.add("sender domain " + domain));
        // A partner may send for several domains, each with a connector of its own, from one place.
        if (connector.kind() == Connector.Kind.ON_PREMISES) {
            connector.clientNetworks().forEach(network -> claims.add("network " + network));
            connector.tlsCertificateNames().forEach(name -> claims.add("certificate " + name));
            connector.tlsPublicKeyFingerprints().forEach(key -> claims.add("key " + key));
        }
        return claims;
    }
}
