package io.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolsTest {
    private static String sender(Pools pools, String address) {
        return pools.place(ClientAddress.parse(address)).sender().text();
    }

    @Test
    void anAddressBelongsToTheSmallestNetworkThatHasIt() {
        Pools pools = Pools.of(Map.of(
                "acme", "192.0.2.0/24, 2001:db8:25::/48, 198.51.100.7",
                "acme-bulk", "192.0.2.128/25,2001:db8:25:1::25"));
        assertThat(sender(pools, "192.0.2.1")).isEqualTo("pool:acme");
        assertThat(sender(pools, "192.0.2.200")).isEqualTo("pool:acme-bulk");
        assertThat(sender(pools, "198.51.100.7")).isEqualTo("pool:acme");
        assertThat(sender(pools, "198.51.100.8")).isEqualTo("198.51.100.8");
        assertThat(sender(pools, "2001:db8:25:1::1")).isEqualTo("pool:acme");
        assertThat(sender(pools, "2001:db8:25:1::25"))
                .as("though a /64 is a sender")
                .isEqualTo("pool:acme-bulk");
        assertThat(sender(pools, "::ffff:192.0.2.1")).isEqualTo("pool:acme");
        assertThat(sender(Pools.NONE, "192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @Test
    void whatIsNeverJudgedStaysWhatItIs() {
        ClientAddress local = ClientAddress.parse("127.0.0.1");
        assertThat(Pools.of(Map.of("all", "127.0.0.0/8")).place(local)).isSameAs(local);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acme | 192.0.2.7/24 | pool acme: not a network: '192.0.2.7/24'",
                "acme | 192.0.2.0/24,, | pool acme: not a network: ''",
                "acme | nonsense | pool acme: not a network: 'nonsense'",
                "acme | 0.0.0.0/0 | pool acme: 0.0.0.0/0 is too large: at least 8 bits are needed",
                "acme | 2000::/3 | pool acme: 2000::/3 is too large: at least 16 bits are needed",
                "a b | 192.0.2.0/24 | a pool's name has 1 to 64 letters, digits, dots, hyphens and underscores, the first of them a letter or digit; got 'a b'"
            })
    void whatIsWrongIsSaid(String name, String networks, String message) {
        assertThatThrownBy(() -> Pools.of(Map.of(name, networks))).hasMessage(message);
    }

    @Test
    void twoPoolsCannotHaveTheSameNetwork() {
        assertThatThrownBy(() -> Pools.of(Map.of("a", "192.0.2.0/24", "b", "198.51.100.0/24, 192.0.2.0/24")))
                .hasMessage("192.0.2.0/24 is in pool a and in pool b; it can be in one only");
        assertThat(Pools.of(Map.of("a", "192.0.2.0/24, 192.0.2.0/24")).byName().get("a"))
                .containsExactly("192.0.2.0/24");
    }

    @Test
    void theMapPlacesEventsByPoolAndPrefix() {
        SenderMap map = new SenderMap(56, Pools.of(Map.of("acme", "192.0.2.0/24")));
        assertThat(map.client("192.0.2.7").sender().poolName()).isEqualTo("acme");
        assertThat(map.client("2001:db8:1:203::25").sender().text()).isEqualTo("2001:db8:1:200::/56");
    }
}
