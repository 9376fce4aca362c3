package io.weir.model;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An admin's statement that some clients, proven by address, TLS certificate or both, are trusted and not throttled, or that a partner's mail
 * must come from there; a record on {@code smtp-connectors}. It never grants relay: the MTA decides on that before it asks.
 *
 * @param name the record's key
 * @param enabled false: as if it were not there
 * @param enforced false in test mode: it reports what it would do, and does nothing
 * @param clientNetworks in CIDR notation; set together with certificates, both must match
 * @param tlsCertificateNames count only when the MTA verified the chain
 * @param tlsPublicKeyFingerprints lower-case hexadecimal without colons; prove the key without a CA
 * @param requireTls without TLS an on-premises client is not trusted, and a partner's mail is asked to come back with STARTTLS
 * @param senderDomains partner: domains of MAIL FROM: exact, {@code *.domain}, or {@code *}
 * @param restrictToNetworks partner: mail of these domains must come from {@code clientNetworks}
 * @param restrictToCertificates partner: mail of these domains must come with one of the certificates
 * @param comment why it exists and whom to ask
 */
public record Connector(
        String name,
        Kind kind,
        boolean enabled,
        boolean enforced,
        List<String> clientNetworks,
        List<String> tlsCertificateNames,
        List<String> tlsPublicKeyFingerprints,
        boolean requireTls,
        List<String> senderDomains,
        boolean restrictToNetworks,
        boolean restrictToCertificates,
        String comment) {
    /** What a name may be: it goes to keys and terminals. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final String EXEMPT_BY = "connector:";

    /** What the events of a client that it trusts say in {@code exemptBy}. */
    public String exemptBy() {
        return EXEMPT_BY + name;
    }

    /** The name of the connector that exempts an event; null when something else does, or nothing. */
    static @Nullable String nameIn(@Nullable String exemptBy) {
        if (exemptBy == null || !exemptBy.startsWith(EXEMPT_BY)) {
            return null;
        }
        String name = exemptBy.substring(EXEMPT_BY.length());
        return NAME.matcher(name).matches() ? name : null;
    }

    /** Whose systems they are. */
    public enum Kind {
        /** Our own, elsewhere. */
        ON_PREMISES("on-premises"),
        /** Another organisation's, whose mail may be bound to its own servers. */
        PARTNER("partner");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The word in records. */
        public String label() {
            return label;
        }
    }

    /** @throws IllegalArgumentException when what it says can mean nothing: a message for whoever wrote it */
    public Connector {
        clientNetworks = List.copyOf(clientNetworks);
        tlsCertificateNames = lowerCase(tlsCertificateNames);
        tlsPublicKeyFingerprints =
                tlsPublicKeyFingerprints.stream().map(Connector::fingerprint).toList();
        senderDomains = senderDomains.stream().map(Connector::asciiDomain).toList();
        var unused = Networks.parse(String.join(",", clientNetworks));
        boolean certificates = !tlsCertificateNames.isEmpty() || !tlsPublicKeyFingerprints.isEmpty();
        if (kind == Kind.PARTNER && senderDomains.isEmpty()) {
            throw new IllegalArgumentException("a partner connector needs senderDomains");
        }
        if (kind == Kind.ON_PREMISES && !senderDomains.isEmpty()) {
            throw new IllegalArgumentException("senderDomains are for partner connectors");
        }
        if (kind == Kind.ON_PREMISES && (restrictToNetworks || restrictToCertificates)) {
            throw new IllegalArgumentException(
                    "restrictToNetworks and restrictToCertificates are for partner connectors");
        }
        if (kind == Kind.ON_PREMISES && clientNetworks.isEmpty() && !certificates) {
            throw new IllegalArgumentException(
                    "an on-premises connector needs clientNetworks, tlsCertificateNames or tlsPublicKeyFingerprints");
        }
        if (restrictToNetworks && clientNetworks.isEmpty()) {
            throw new IllegalArgumentException("restrictToNetworks needs clientNetworks: all mail would be rejected");
        }
        if (restrictToCertificates && !certificates) {
            throw new IllegalArgumentException(
                    "restrictToCertificates needs tlsCertificateNames or tlsPublicKeyFingerprints: all mail would be rejected");
        }
    }

    private static List<String> lowerCase(List<String> texts) {
        return texts.stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }

    /**
     * The one way to write a domain: lower case, in ASCII (RFC 5891's A-labels), since mail may name it in letters of any script. What is no domain is
     * only put in lower case.
     */
    public static String asciiDomain(String domain) {
        String lower = domain.toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(c -> c < 0x80)) {
            return lower;
        }
        try {
            return IDN.toASCII(lower, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return lower;
        }
    }

    /** The one way to write a fingerprint. */
    public static String fingerprint(String text) {
        return text.replace(":", "").toLowerCase(Locale.ROOT);
    }

    /** Whether it names certificates, by name or by key. */
    public boolean hasCertificates() {
        return !tlsCertificateNames.isEmpty() || !tlsPublicKeyFingerprints.isEmpty();
    }
}
