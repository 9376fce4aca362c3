package io.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkMapTest {
    private static final NetworkMap<String> MAP = NetworkMap.of(Map.of(
            "203.0.113.0/24", "net",
            "203.0.113.7", "host",
            "203.0.0.0/16", "wide",
            "2001:db8::/32", "six",
            "2001:db8:1:2::/64", "sender",
            "2001:db8:9:9::1", "one address",
            "pool:acme", "pool"));

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, host",
        "203.0.113.8, net",
        "203.0.112.8, wide",
        "198.51.100.1, ",
        "2001:db8:1:2::25, sender",
        "2001:db8:1:3::25, six",
        "2001:db9::1, "
    })
    void theSmallestNetworkCounts(String address, String value) {
        assertThat(MAP.of(ClientAddress.parse(address).sender())).isEqualTo(value);
    }

    /** A sender is a whole /64: what is said of one address of it is not said of the sender. */
    @Test
    void whatCoversOnlyAPartOfASenderDoesNotHoldForIt() {
        assertThat(MAP.of(ClientAddress.parse("2001:db8:9:9::1").sender())).isEqualTo("six");
    }

    @Test
    void poolsAreFoundByTheirName() {
        assertThat(MAP.of(SenderKey.pool("acme"))).isEqualTo("pool");
        assertThat(MAP.of(SenderKey.pool("other"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:DB8:0:0::/48, 2001:db8::/48",
        "2001:0db8::0001, 2001:db8::1",
        "pool:acme, pool:acme"
    })
    void aTargetHasOneSpelling(String target, String canonical) {
        assertThat(NetworkMap.canonical(target)).isEqualTo(canonical);
    }

    @Test
    void whatIsNoTargetIsNamed() {
        assertThatThrownBy(() -> NetworkMap.canonical("203.0.113.7/24")).hasMessageContaining("203.0.113.7/24");
        assertThatThrownBy(() -> NetworkMap.canonical("pool: ")).hasMessageContaining("pool name");
    }
}
