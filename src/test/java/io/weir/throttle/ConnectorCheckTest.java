package io.weir.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.Connector;
import io.weir.throttle.ConnectorCheck.Finding;
import io.weir.throttle.ConnectorCheck.Grade;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorCheckTest {
    private static Connector relay(String name, boolean enforced, String... networks) {
        return new Connector(
                name,
                Connector.Kind.ON_PREMISES,
                true,
                enforced,
                List.of(networks),
                List.of(),
                List.of(),
                false,
                List.of(),
                false,
                false,
                "");
    }

    private static Connector partner(String name, List<String> networks, List<String> certificates, String... domains) {
        return new Connector(
                name,
                Connector.Kind.PARTNER,
                true,
                true,
                networks,
                certificates,
                List.of(),
                false,
                List.of(domains),
                !networks.isEmpty(),
                false,
                "");
    }

    private static List<Finding> check(Connector one, Connector... others) {
        List<Connector> all = new ArrayList<>(List.of(others));
        all.add(one);
        return ConnectorCheck.of(one, all);
    }

    private static List<String> not(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.grade() != Grade.PASS)
                .map(finding -> finding.grade().label() + ": " + finding.text())
                .toList();
    }

    @Test
    void whatIsAsItShouldBePasses() {
        assertThat(not(check(relay("hq", true, "203.0.113.0/28")))).isEmpty();
        assertThat(not(check(partner("acme", List.of("198.51.100.0/27"), List.of("mx.acme.example"), "acme.example"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.0.0.0/0|fail: 0.0.0.0/0 is everybody",
                "::/0|fail: ::/0 is everybody",
                "203.0.0.0/8|warn: 203.0.0.0/8 is wide: whoever has any address in it is trusted",
                "2600::/16|warn: 2600::/16 is wide: whoever has any address in it is trusted",
                "10.1.0.0/24|warn: 10.1.0.0/24 is private: such clients are never asked about, with a connector or without"
            })
    void aNetworkIsLookedAt(String network, String said) {
        assertThat(not(check(relay("hq", true, network)))).containsExactly(said);
    }

    @Test
    void testModeIsNamedWithWhatToDo() {
        assertThat(check(relay("hq", false, "203.0.113.0/28")))
                .filteredOn(finding -> finding.grade() == Grade.WARN)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.text()).contains("test mode");
                    assertThat(finding.fix()).contains("--enforce");
                });
    }

    @Test
    void ofTwoThatOverlapItIsSaidWhichCounts() {
        Connector wide = relay("a-site", false, "203.0.113.0/24");
        assertThat(not(check(relay("hq", true, "203.0.113.16/28"), wide)))
                .containsExactly("warn: 203.0.113.16/28 overlaps 203.0.113.0/24 of a-site; of the two hq counts");
        assertThat(not(check(relay("hq", true, "203.0.114.0/28"), wide))).isEmpty();
    }

    @Test
    void aNameThatNoCertificateHasFails() {
        assertThat(not(check(partner("acme", List.of(), List.of("*.acme.example"), "acme.example"))))
                .containsExactly(
                        "fail: certificate name *.acme.example matches no certificate: names are compared whole");
    }

    @Test
    void aDomainClaimedTwiceAndOneThatIsAllAreNamed() {
        Connector other = partner("other", List.of("198.51.100.0/27"), List.of(), "acme.example");
        assertThat(not(check(partner("acme", List.of("192.0.2.0/27"), List.of(), "acme.example", "*"), other)))
                .containsExactly(
                        "warn: acme.example is claimed by other as well; of the two acme counts",
                        "warn: it claims every domain, and mail without a sender, too");
    }

    @Test
    void whoTrustsNobodyIsTold() {
        assertThat(not(check(partner("acme", List.of(), List.of(), "acme.example"))))
                .containsExactly("warn: it trusts nobody: it names neither networks nor certificates");
    }
}
