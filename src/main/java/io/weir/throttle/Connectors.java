package io.weir.throttle;

import io.weir.model.Connector;
import io.weir.model.Connector.Kind;
import io.weir.model.Networks;
import io.weir.throttle.ConnectorTrace.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All connectors of a site, and what they say of an attempt.
 *
 * <pre>
 *   a client is trusted    by every enabled connector whose proofs it has: all kinds of proof that the connector names (address, certificate),
 *                          TLS when it requires TLS, and for a partner a sender domain of its own (or the null sender)
 *   of several             enforced goes before test, on-premises before partner, certificate before address alone, then the name decides
 *   mail is restricted     by the partner connector that claims its sender domain most closely of those that restrict: exact, then the longest
 *                          *.domain, then *; of several as above; the null sender is claimed by * alone; spared are our own (on-premises,
 *                          enforced), and a partner whom a closer claim of its own trusts
 * </pre>
 */
public final class Connectors {
    /** The first of several counts. */
    static final Comparator<Connector> ORDER = Comparator.comparing((Connector one) -> !one.enforced())
            .thenComparing(one -> one.kind() != Kind.ON_PREMISES)
            .thenComparing(one -> !one.hasCertificates())
            .thenComparing(Connector::name);

    public static final Connectors NONE = new Connectors(List.of());

    private static final String ANY = "*";
    private static final int UNCLAIMED = -1;

    /** Enabled ones, in the order in which they count. */
    private final List<Entry> entries;

    private record Entry(Connector connector, Networks networks) {}

    public Connectors(Collection<Connector> connectors) {
        this.entries = connectors.stream()
                .filter(Connector::enabled)
                .sorted(ORDER)
                .map(one -> new Entry(one, Networks.parse(String.join(",", one.clientNetworks()))))
                .toList();
    }

    /** Says what holds of an attempt; changes nothing. */
    public ConnectorTrace trace(Proof proof) {
        if (entries.isEmpty() || proof.client() == null) {
            return ConnectorTrace.NOTHING;
        }
        List<Connector> trusting = new ArrayList<>(0);
        String miss = null;
        for (Entry entry : entries) {
            String lacks = lacks(entry, proof);
            if (lacks == null && entry.connector.enforced()) {
                trusting.add(entry.connector);
            } else if (miss == null && lacks == null) {
                miss = entry.connector.name() + ":would-trust";
            } else if (miss == null && !String.valueOf(lacks).isEmpty()) {
                miss = entry.connector.name() + ":" + lacks;
            }
        }
        Connector trusted = trusting.isEmpty() ? null : trusting.get(0);
        List<String> others = trusting.stream().skip(1).map(Connector::name).toList();
        if (trusted != null && trusted.kind() == Kind.ON_PREMISES) {
            return new ConnectorTrace(trusted, others, null, null, null);
        }
        Broken broken = broken(proof, true);
        if (broken != null && !isCloser(trusted, broken.connector, proof)) {
            return new ConnectorTrace(null, List.of(), broken.connector, broken.violation, broken.text(""));
        }
        Broken wouldBreak = broken(proof, false);
        if (wouldBreak != null) {
            return new ConnectorTrace(trusted, others, null, null, wouldBreak.text("would-refuse-"));
        }
        return new ConnectorTrace(trusted, others, null, null, trusted == null ? miss : null);
    }

    /** What keeps a connector from trusting the client, when it has a part of what is asked for; empty when it has none; null when it has all. */
    private static @Nullable String lacks(Entry entry, Proof proof) {
        Connector connector = entry.connector;
        boolean byNetwork = !connector.clientNetworks().isEmpty();
        boolean byCertificate = connector.hasCertificates();
        if (!byNetwork && !byCertificate) {
            return "";
        }
        boolean isInNetwork = byNetwork && proof.client() != null && entry.networks.contains(proof.client());
        boolean hasCertificate = byCertificate && hasCertificate(connector, proof);
        if (!isInNetwork && !hasCertificate) {
            return "";
        }
        if (byNetwork && !isInNetwork) {
            return Violation.NETWORK.label();
        }
        if (byCertificate && !hasCertificate) {
            return Violation.CERTIFICATE.label();
        }
        if (connector.requireTls() && !proof.tls()) {
            return Violation.TLS.label();
        }
        boolean isTheirs = connector.kind() == Kind.ON_PREMISES
                || proof.senderDomain().isEmpty()
                || claim(connector, proof.senderDomain()) != UNCLAIMED;
        return isTheirs ? null : "sender-domain";
    }

    private static boolean hasCertificate(Connector connector, Proof proof) {
        boolean isNamed = !proof.certificateName().isEmpty()
                && connector.tlsCertificateNames().contains(proof.certificateName());
        boolean isKeyed = !proof.keyFingerprint().isEmpty()
                && connector.tlsPublicKeyFingerprints().contains(proof.keyFingerprint());
        return isNamed || isKeyed;
    }

    private record Broken(Connector connector, Violation violation) {
        String text(String before) {
            return connector.name() + ":" + before + violation.label();
        }
    }

    /** Of those that claim the domain closest the first. One in test mode must not take mail away from one that is enforced. */
    private @Nullable Broken broken(Proof proof, boolean enforced) {
        Entry closest = null;
        int closeness = UNCLAIMED;
        for (Entry entry : entries) {
            Connector connector = entry.connector;
            boolean isAsked =
                    connector.kind() == Kind.PARTNER && connector.enforced() == enforced && restricts(connector);
            int claim = isAsked ? claim(connector, proof.senderDomain()) : UNCLAIMED;
            if (claim > closeness) {
                closest = entry;
                closeness = claim;
            }
        }
        Violation violation = closest == null ? null : violation(closest, proof);
        return closest == null || violation == null ? null : new Broken(closest.connector, violation);
    }

    /** Whether a partner has proven to be whose own domain it is, where another connector claims it more widely: a gateway's lock is not for them. */
    private static boolean isCloser(@Nullable Connector trusted, Connector broken, Proof proof) {
        return trusted != null && claim(trusted, proof.senderDomain()) > claim(broken, proof.senderDomain());
    }

    private static boolean restricts(Connector connector) {
        return connector.requireTls() || connector.restrictToNetworks() || connector.restrictToCertificates();
    }

    private static @Nullable Violation violation(Entry entry, Proof proof) {
        Connector connector = entry.connector;
        if (connector.restrictToNetworks() && (proof.client() == null || !entry.networks.contains(proof.client()))) {
            return Violation.NETWORK;
        }
        boolean wantsTls = connector.requireTls() || connector.restrictToCertificates();
        if (wantsTls && !proof.tls()) {
            return Violation.TLS;
        }
        return connector.restrictToCertificates() && !hasCertificate(connector, proof) ? Violation.CERTIFICATE : null;
    }

    /** How closely the connector claims a domain: exact is closest, then the longest suffix, then {@code *}; {@link #UNCLAIMED} when not at all. */
    private static int claim(Connector connector, String domain) {
        int closest = UNCLAIMED;
        for (String claimed : connector.senderDomains()) {
            closest = Math.max(closest, closeness(claimed, domain));
        }
        return closest;
    }

    private static int closeness(String claimed, String domain) {
        if (claimed.equals(ANY)) {
            return 0;
        }
        if (domain.isEmpty()) {
            return UNCLAIMED;
        }
        if (claimed.equals(domain)) {
            return Integer.MAX_VALUE;
        }
        // "*.example.com" claims a.example.com, not example.com itself.
        return claimed.startsWith("*.") && domain.endsWith(claimed.substring(1)) ? claimed.length() : UNCLAIMED;
    }
}
