package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ClientAddress;
import io.weir.model.Connector;
import io.weir.model.Connector.Kind;
import io.weir.throttle.ConnectorTrace.Violation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What connectors say of an attempt, rule by rule. */
class ConnectorsTest {
    private static final String INSIDE = "203.0.113.7";
    private static final String OUTSIDE = "198.51.100.7";
    private static final List<String> NETWORK = List.of("203.0.113.0/24");
    private static final List<String> CERTIFICATE = List.of("Mail.Example.net");
    private static final List<String> DOMAIN = List.of("example.net");

    private static Connector onPremises(String name, List<String> networks, List<String> certificates, boolean tls) {
        return new Connector(
                name,
                Kind.ON_PREMISES,
                true,
                true,
                networks,
                certificates,
                List.of(),
                tls,
                List.of(),
                false,
                false,
                "");
    }

    private static Connector partner(
            String name, boolean enforced, List<String> domains, boolean network, boolean key) {
        return new Connector(
                name, Kind.PARTNER, true, enforced, NETWORK, CERTIFICATE, List.of(), false, domains, network, key, "");
    }

    private static Proof plain(String address, String domain) {
        return new Proof(ClientAddress.parse(address), false, "", "", domain);
    }

    private static Proof tls(String address, String domain, String certificate) {
        return new Proof(ClientAddress.parse(address), true, certificate, "", domain);
    }

    private static ConnectorTrace trace(Proof proof, Connector... connectors) {
        return new Connectors(List.of(connectors)).trace(proof);
    }

    @Test
    void anAddressInItsNetworksIsTrusted() {
        Connector hq = onPremises("hq", NETWORK, List.of(), false);
        assertThat(trace(plain(INSIDE, "any.example"), hq).trusted()).isEqualTo(hq);
        assertThat(trace(plain(OUTSIDE, "any.example"), hq)).isEqualTo(ConnectorTrace.NOTHING);
    }

    /** It was refused by the gateway's lock once; and whoever only says that it is the partner must still be. */
    @Test
    void aPartnerThatIsTrustedByItsOwnClaimIsSparedByAWiderLock() {
        Connector acme = new Connector(
                "acme", Kind.PARTNER, true, true, NETWORK, List.of(), List.of(), false, DOMAIN, false, false, "");
        Connector gateway = new Connector(
                "gateway",
                Kind.PARTNER,
                true,
                true,
                List.of("192.0.2.0/24"),
                List.of(),
                List.of(),
                false,
                List.of("*"),
                true,
                false,
                "");
        assertThat(trace(plain(INSIDE, "example.net"), acme, gateway).trusted()).isEqualTo(acme);
        assertThat(trace(plain(INSIDE, "example.net"), acme, gateway).broken()).isNull();
        assertThat(trace(plain(OUTSIDE, "example.net"), acme, gateway).broken()).isEqualTo(gateway);
        assertThat(trace(plain(INSIDE, "other.example"), acme, gateway).broken())
                .isEqualTo(gateway);
    }

    @Test
    void aVerifiedCertificateIsTrustedWhereverItComesFrom() {
        Connector hq = onPremises("hq", List.of(), CERTIFICATE, false);
        assertThat(trace(tls(OUTSIDE, "", "mail.example.net"), hq).trusted()).isEqualTo(hq);
        assertThat(trace(tls(OUTSIDE, "", "other.example.net"), hq).trusted()).isNull();
        assertThat(trace(tls(OUTSIDE, "", ""), hq).trusted()).isNull();
    }

    @Test
    void aKeyNeedsNoVerifiedChain() {
        String key = "00112233445566778899aabbccddeeff00112233";
        Connector hq = new Connector(
                "hq",
                Kind.ON_PREMISES,
                true,
                true,
                List.of(),
                List.of(),
                List.of("00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33"),
                false,
                List.of(),
                false,
                false,
                "");
        assertThat(trace(new Proof(ClientAddress.parse(OUTSIDE), true, "", key, ""), hq)
                        .trusted())
                .isEqualTo(hq);
    }

    @Test
    void bothProofsMustMatchAndAMissIsTold() {
        Connector hq = onPremises("hq", NETWORK, CERTIFICATE, false);
        assertThat(trace(tls(INSIDE, "", "mail.example.net"), hq).trusted()).isEqualTo(hq);
        assertThat(trace(plain(INSIDE, ""), hq).miss()).isEqualTo("hq:certificate");
        assertThat(trace(tls(OUTSIDE, "", "mail.example.net"), hq).miss()).isEqualTo("hq:network");
        assertThat(trace(plain(INSIDE, ""), onPremises("hq", NETWORK, List.of(), true))
                        .miss())
                .isEqualTo("hq:tls");
    }

    @Test
    void aPartnerIsTrustedWithItsOwnMailAndItsBounces() {
        Connector acme = partner("acme", true, DOMAIN, false, false);
        assertThat(trace(tls(INSIDE, "example.net", "mail.example.net"), acme).trusted())
                .isEqualTo(acme);
        assertThat(trace(tls(INSIDE, "", "mail.example.net"), acme).trusted()).isEqualTo(acme);
        assertThat(trace(tls(INSIDE, "other.example", "mail.example.net"), acme).miss())
                .isEqualTo("acme:sender-domain");
    }

    @Test
    void aPartnersMailFromElsewhereIsRefused() {
        Connector acme = partner("acme", true, DOMAIN, true, false);
        assertThat(trace(plain(OUTSIDE, "example.net"), acme).violation()).isEqualTo(Violation.NETWORK);
        assertThat(trace(plain(INSIDE, "example.net"), acme).violation()).isNull();
        assertThat(trace(plain(OUTSIDE, "sub.example.net"), acme).violation()).isNull();
        assertThat(trace(plain(OUTSIDE, ""), acme).violation())
                .as("bounces are spared")
                .isNull();
    }

    @Test
    void withoutTlsAPartnerIsAskedForItAndWithAWrongCertificateRefused() {
        Connector acme = partner("acme", true, DOMAIN, false, true);
        assertThat(trace(plain(OUTSIDE, "example.net"), acme).violation()).isEqualTo(Violation.TLS);
        assertThat(trace(tls(OUTSIDE, "example.net", "x.example"), acme).violation())
                .isEqualTo(Violation.CERTIFICATE);
        assertThat(trace(tls(OUTSIDE, "example.net", "mail.example.net"), acme).violation())
                .isNull();
    }

    @Test
    void theClosestClaimCounts() {
        Connector all = partner("a-gateway", true, List.of("*"), true, false);
        Connector sub = partner("z-sub", true, List.of("*.example.net"), false, true);
        assertThat(trace(plain(OUTSIDE, "a.example.net"), all, sub).broken()).isEqualTo(sub);
        assertThat(trace(plain(OUTSIDE, "example.net"), all, sub).broken()).isEqualTo(all);
        assertThat(trace(plain(OUTSIDE, ""), all, sub).broken())
                .as("a locked server takes bounces from its gateway too")
                .isEqualTo(all);
    }

    @Test
    void ourOwnAreNotBoundByAPartnersRestrictions() {
        Connector hq = onPremises("hq", List.of("198.51.100.0/24"), List.of(), false);
        Connector gateway = partner("gateway", true, List.of("*"), true, false);
        assertThat(trace(plain(OUTSIDE, "x.example"), gateway, hq).trusted()).isEqualTo(hq);
    }

    @Test
    void inTestModeItReportsAndDoesNothing() {
        Connector acme = partner("acme", false, DOMAIN, true, false);
        ConnectorTrace refused = trace(plain(OUTSIDE, "example.net"), acme);
        assertThat(refused.violation()).isNull();
        assertThat(refused.miss()).isEqualTo("acme:would-refuse-network");
        ConnectorTrace trusted = trace(tls(INSIDE, "example.net", "mail.example.net"), acme);
        assertThat(trusted.trusted()).isNull();
        assertThat(trusted.miss()).isEqualTo("acme:would-trust");
    }

    @Test
    void aConnectorInTestModeTakesNoMailFromOneThatIsEnforced() {
        Connector gateway = partner("gateway", true, List.of("*"), true, false);
        Connector trial = partner("acme", false, DOMAIN, false, true);
        assertThat(trace(tls(OUTSIDE, "example.net", "mail.example.net"), gateway, trial)
                        .broken())
                .isEqualTo(gateway);
    }

    @Test
    void ofSeveralTheOrderIsFixedAndTheOthersAreNamed() {
        Connector network = onPremises("a", NETWORK, List.of(), false);
        Connector certificate = onPremises("b", List.of(), CERTIFICATE, false);
        ConnectorTrace trace = trace(tls(INSIDE, "", "mail.example.net"), network, certificate);
        assertThat(trace.trusted()).as("a certificate says more").isEqualTo(certificate);
        assertThat(trace.alsoTrusted()).containsExactly("a");
        assertThat(ConnectorConflicts.among(List.of(network, onPremises("c", NETWORK, List.of(), false))))
                .containsExactly("network 203.0.113.0/24 is in a and in c");
    }

    @Test
    void aDisabledOneIsNotThere() {
        Connector off = new Connector(
                "hq", Kind.ON_PREMISES, false, true, NETWORK, List.of(), List.of(), false, List.of(), false, false, "");
        assertThat(trace(plain(INSIDE, ""), off)).isEqualTo(ConnectorTrace.NOTHING);
    }
}
