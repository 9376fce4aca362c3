package io.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpfNetworksTest {
    private final Map<String, List<String>> dns = new HashMap<>();
    private final SpfResolver resolver = (name, type) -> dns.getOrDefault(type + " " + name, List.of());

    private void txt(String name, String... records) {
        dns.put("TXT " + name, List.of(records));
    }

    @Test
    void networksOfATextAreTakenEachOnce() {
        SpfNetworks found = SpfNetworks.ofRecord(
                "v=spf1 ip4:192.0.2.0/24 +ip4:198.51.100.7 ip4:192.0.2.99/24 ip6:2001:db8:25::/48 ip6:2001:db8::25 ~all");
        assertThat(found.networks())
                .containsExactly("192.0.2.0/24", "198.51.100.7", "2001:db8:25::/48", "2001:db8::25");
        assertThat(found.remarks()).isEmpty();
    }

    @Test
    void whatDoesNotPassOrIsNoNetworkIsLeftOutAndSaid() {
        SpfNetworks found = SpfNetworks.ofRecord("v=spf1 -ip4:192.0.2.1 ?ip4:192.0.2.2 ptr exists:%{i}.x.example"
                + " include:%{d}.x.example ip4:192.0.2.3 exp=why.example +all");
        assertThat(found.networks()).containsExactly("192.0.2.3");
        assertThat(found.remarks())
                .containsExactly(
                        "the record: '-ip4:192.0.2.1' does not pass: left out",
                        "the record: '?ip4:192.0.2.2' does not pass: left out",
                        "the record: 'ptr' cannot be told in networks: left out",
                        "the record: 'exists:%{i}.x.example' cannot be told in networks: left out",
                        "the record: 'include:%{d}.x.example' depends on the mail at hand: left out",
                        "the record lets everybody pass ('+all'): left out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ip4:192.0.2.0/24 | the record is no SPF record: it must begin with v=spf1",
                "v=spf10 ip4:192.0.2.0/24 | the record is no SPF record: it must begin with v=spf1",
                "v=spf1 ip4:192.0.2.0/33 | the record cannot be read at 'ip4:192.0.2.0/33'",
                "v=spf1 ip4:nonsense | the record cannot be read at 'ip4:nonsense'",
                "v=spf1 ipx:1 | the record cannot be read at 'ipx:1'",
                "v=spf1 include: | the record cannot be read at 'include:'",
                "v=spf1 include:_spf.acme.example | 'include:_spf.acme.example' refers to other records: give --resolve"
                        + " DOMAIN, or paste those records' networks too",
                "v=spf1 a | 'a' refers to other records: give --resolve DOMAIN, or paste those records' networks too"
            })
    void whatIsWrongIsSaid(String record, String message) {
        assertThatThrownBy(() -> SpfNetworks.ofRecord(record))
                .isInstanceOf(SpfException.class)
                .hasMessage(message);
    }

    @Test
    void aDomainsRecordIsFollowed() {
        txt("acme.example", "some text", "v=spf1 include:_spf.acme.example a:out.acme.example/28 mx ~all");
        txt("_spf.acme.example", "v=spf1 ip4:192.0.2.0/24 redirect=_more.acme.example");
        txt("_more.acme.example", "v=spf1 ip6:2001:db8:25::/48 -all");
        dns.put("A out.acme.example", List.of("198.51.100.33"));
        dns.put("MX acme.example", List.of("mx1.acme.example"));
        dns.put("A mx1.acme.example", List.of("203.0.113.25"));
        dns.put("AAAA mx1.acme.example", List.of("2001:DB8:0:0:0:0:0:25"));
        assertThat(SpfNetworks.ofDomain("Acme.example.", resolver).networks())
                .containsExactly(
                        "192.0.2.0/24", "2001:db8:25::/48", "198.51.100.32/28", "203.0.113.25", "2001:db8::25");
    }

    @Test
    void aRedirectBehindAllCountsForNothing() {
        txt("acme.example", "v=spf1 ip4:192.0.2.1 all redirect=other.example");
        assertThat(SpfNetworks.ofDomain("acme.example", resolver).networks()).containsExactly("192.0.2.1");
    }

    @Test
    void oneRecordIsNeeded() {
        assertThatThrownBy(() -> SpfNetworks.ofDomain("acme.example", resolver))
                .hasMessage("acme.example has 0 SPF records; one is needed");
        txt("acme.example", "v=spf1 -all", "v=spf1 +all");
        assertThatThrownBy(() -> SpfNetworks.ofDomain("acme.example", resolver))
                .hasMessage("acme.example has 2 SPF records; one is needed");
    }

    @Test
    void circlesAndLongChainsEnd() {
        txt("a.example", "v=spf1 include:b.example -all");
        txt("b.example", "v=spf1 include:a.example -all");
        assertThatThrownBy(() -> SpfNetworks.ofDomain("a.example", resolver))
                .hasMessage("a.example refers to itself through a.example, b.example");
        for (int i = 0; i <= 11; i++) {
            txt(i + ".example", "v=spf1 include:" + (i + 1) + ".example -all");
        }
        assertThatThrownBy(() -> SpfNetworks.ofDomain("0.example", resolver))
                .hasMessageStartingWith("more than 10 look-ups, at 'include:11.example' of 10.example");
    }
}
