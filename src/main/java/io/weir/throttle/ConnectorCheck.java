package io.weir.throttle;

import io.weir.model.ClientAddress;
import io.weir.model.Connector;
import io.weir.model.Connector.Kind;
import io.weir.model.Networks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What can be said of a connector without any mail: whether it does what whoever wrote it will expect of it, and beside which others it stands. */
public final class ConnectorCheck {
    private static final int WIDE_IPV4_BITS = 16;
    private static final int WIDE_IPV6_BITS = 32;

    private final Connector connector;
    private final Collection<Connector> all;
    private final List<Finding> findings = new ArrayList<>();

    /** How a check came out. */
    public enum Grade {
        PASS("pass"),
        WARN("warn"),
        FAIL("fail");

        private final String label;

        Grade(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /**
     * One line of the list.
     *
     * @param fix what to do about it; empty when nothing is to be done
     */
    public record Finding(Grade grade, String text, String fix) {}

    private ConnectorCheck(Connector connector, Collection<Connector> all) {
        this.connector = connector;
        this.all = all;
    }

    /** @param all of the site, this one among them */
    public static List<Finding> of(Connector connector, Collection<Connector> all) {
        ConnectorCheck check = new ConnectorCheck(connector, all);
        check.state();
        connector.clientNetworks().forEach(check::network);
        check.overlaps();
        check.certificates();
        if (connector.kind() == Kind.PARTNER) {
            check.domains();
            check.restrictions();
        }
        return List.copyOf(check.findings);
    }

    private void add(Grade grade, String text, String fix) {
        findings.add(new Finding(grade, text, fix));
    }

    private void state() {
        if (!connector.enabled()) {
            add(Grade.WARN, "it is off, as if it were not there", "write it again without --disabled");
        } else if (!connector.enforced()) {
            add(
                    Grade.WARN,
                    "it is in test mode: it reports what it would do, and does nothing",
                    "when its reports are as they should be (connectorMiss in events), write it again with --enforce");
        } else {
            add(Grade.PASS, "it is in force", "");
        }
    }

    private void network(String network) {
        int bits = Integer.parseInt(network.substring(network.indexOf('/') + 1));
        ClientAddress first = first(network);
        boolean isIpv6 = network.contains(":");
        if (bits == 0) {
            add(Grade.FAIL, network + " is everybody", "name the networks of its servers");
        } else if (first.exempt()) {
            add(
                    Grade.WARN,
                    network + " is private: such clients are never asked about, with a connector or without",
                    "leave it out; name the address that your mail servers see");
        } else if (bits < (isIpv6 ? WIDE_IPV6_BITS : WIDE_IPV4_BITS)) {
            add(
                    Grade.WARN,
                    network + " is wide: whoever has any address in it is trusted",
                    "name the networks of its servers alone, or ask for a certificate as well");
        } else {
            add(Grade.PASS, network + " can be a connector's network", "");
        }
    }

    private static ClientAddress first(String network) {
        return ClientAddress.parse(network.substring(0, network.indexOf('/')));
    }

    private void overlaps() {
        for (Connector other : all) {
            if (other.name().equals(connector.name()) || !other.enabled() || isOfAnotherDomain(other)) {
                continue;
            }
            for (String network : connector.clientNetworks()) {
                other.clientNetworks().stream()
                        .filter(theirs -> overlap(network, theirs))
                        .findFirst()
                        .ifPresent(theirs -> add(
                                Grade.WARN,
                                network + " overlaps " + theirs + " of " + other.name() + "; of the two " + first(other)
                                        + " counts",
                                "give each network to one connector"));
            }
        }
    }

    /** Two partners may send from one place. */
    private boolean isOfAnotherDomain(Connector other) {
        return connector.kind() == Kind.PARTNER && other.kind() == Kind.PARTNER;
    }

    private static boolean overlap(String a, String b) {
        return Networks.parse(a).contains(first(b)) || Networks.parse(b).contains(first(a));
    }

    /** Which of the two a client that has the proofs of both is trusted by. */
    private String first(Connector other) {
        return Connectors.ORDER.compare(connector, other) <= 0 ? connector.name() : other.name();
    }

    private void certificates() {
        for (String name : connector.tlsCertificateNames()) {
            if (name.contains("*")) {
                add(
                        Grade.FAIL,
                        "certificate name " + name + " matches no certificate: names are compared whole",
                        "write the name as the certificate has it");
            }
        }
        if (connector.hasCertificates()) {
            boolean alone = connector.clientNetworks().isEmpty();
            add(
                    Grade.PASS,
                    alone
                            ? "clients are known by certificate, wherever they connect from"
                            : "clients must have both: an address of its networks, and a certificate",
                    "");
        } else if (connector.clientNetworks().isEmpty()) {
            add(
                    Grade.WARN,
                    "it trusts nobody: it names neither networks nor certificates",
                    "give --network or --certificate, or leave it as a mere restriction");
        }
    }

    private void domains() {
        for (String domain : connector.senderDomains()) {
            all.stream()
                    .filter(other -> !other.name().equals(connector.name()) && other.enabled())
                    .filter(other -> other.senderDomains().contains(domain))
                    .forEach(other -> add(
                            Grade.WARN,
                            domain + " is claimed by " + other.name() + " as well; of the two " + first(other)
                                    + " counts",
                            "let one connector claim a domain"));
            if (domain.equals("*")) {
                add(
                        Grade.WARN,
                        "it claims every domain, and mail without a sender, too",
                        "right where all mail comes through a gateway; your own systems then need on-premises connectors");
            }
        }
    }

    private void restrictions() {
        boolean restricts =
                connector.requireTls() || connector.restrictToNetworks() || connector.restrictToCertificates();
        if (!restricts) {
            add(Grade.PASS, "mail of its domains may come from elsewhere as well, and is judged as anybody's", "");
        } else if (connector.restrictToNetworks() || connector.restrictToCertificates()) {
            add(
                    Grade.PASS,
                    "mail of its domains from elsewhere is rejected with 550 5.7.51"
                            + (connector.enforced() ? "" : ", once it is enforced"),
                    "");
        }
        if (connector.requireTls() || connector.restrictToCertificates()) {
            add(Grade.PASS, "mail of its domains without TLS is asked to come back with STARTTLS (451 4.7.10)", "");
        }
    }
}
