package io.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderKeyTest {
    @Test
    void anIpv4KeyIsItsFourBytes() {
        SenderKey key = sender("203.0.113.7");
        assertThat(key.bytes()).containsExactly('4', 203, 0, 113, 7);
        assertThat(key.networks()).extracting(NetworkKey::text).containsExactly("203.0.113.0/24");
        assertThat(key.networks().get(0).bytes()).containsExactly('n', '4', 203, 0, 113);
        assertThat(key.networkPrefix()).containsExactly('4', 203, 0, 113);
        assertThat(key.isIpv6()).isFalse();
        assertThat(key.poolName()).isNull();
        assertThat(key).hasToString("203.0.113.7");
    }

    @Test
    void anIpv6KeyIsItsPrefixAndTheLength() {
        SenderKey key = sender("2001:db8:1:2::25");
        assertThat(key.bytes()).containsExactly('6', 0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 2, 64);
        assertThat(key.networks()).extracting(NetworkKey::text).containsExactly("2001:db8:1::/56", "2001:db8:1::/48");
        assertThat(key.networks().get(0).bytes()).containsExactly('n', '6', 0x20, 0x01, 0x0d, 0xb8, 0, 1, 0);
        assertThat(key.networks().get(1).bytes()).containsExactly('n', '6', 0x20, 0x01, 0x0d, 0xb8, 0, 1);
        assertThat(key.networkPrefix()).containsExactly('6', 0x20, 0x01, 0x0d, 0xb8, 0, 1);
        assertThat(key.isIpv6()).isTrue();
        assertThat(key.poolName()).isNull();
    }

    @Test
    void aPoolIsItsOwnNetwork() {
        SenderKey key = SenderKey.pool("acme");
        assertThat(key.text()).isEqualTo("pool:acme");
        assertThat(key.network()).isEqualTo("pool:acme");
        assertThat(key.poolName()).isEqualTo("acme");
        assertThat(key.bytes()).isEqualTo("Pacme".getBytes(StandardCharsets.UTF_8));
        assertThat(key.networks()).isEmpty();
        assertThat(key.networkPrefix()).isEqualTo(key.bytes());
        assertThat(key.isPool()).isTrue();
        assertThat(key.isIpv6()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "this name has more than sixty-four characters in it, count them 64"})
    void aPoolsNameIsBounded(String name) {
        assertThatThrownBy(() -> SenderKey.pool(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pool name must have 1 to 64 characters");
    }

    @Test
    void equalMeansTheSameBytes() {
        assertThat(sender("2001:db8:1:2::1"))
                .isEqualTo(sender("2001:db8:1:2::2"))
                .hasSameHashCodeAs(sender("2001:db8:1:2::2"));
        assertThat(sender("2001:db8:1:2::1")).isNotEqualTo(sender("2001:db8:1:3::1"));
        assertThat(sender("203.0.113.7")).isNotEqualTo(sender("203.0.113.8")).isNotEqualTo("203.0.113.7");
        // Two lengths may share their bytes; the length tells them apart.
        assertThat(ClientAddress.parse("2001:db8:1:2::", 63).sender())
                .isNotEqualTo(ClientAddress.parse("2001:db8:1:2::", 64).sender());
    }

    /** Stores iterate by bytes: a sender must lie beside its neighbours, and no sweep over senders may meet a network. */
    @Test
    void keysSortByNetworkAndNetworksLast() {
        List<byte[]> sorted = List.of(
                sender("203.0.113.7").bytes(),
                sender("203.0.113.8").bytes(),
                sender("203.0.114.1").bytes(),
                sender("2001:db8:1:1::1").bytes(),
                sender("2001:db8:1:2::1").bytes(),
                sender("2001:db8:2:1::1").bytes(),
                SenderKey.pool("a").bytes(),
                SenderKey.pool("\uD83D\uDE00").bytes(),
                sender("0.0.0.0").networks().get(0).bytes(),
                sender("2001:db8::1").networks().get(1).bytes());
        assertThat(sorted).isSortedAccordingTo(Arrays::compareUnsigned);
    }

    /** Networks hold newcomers together that are smaller than they. */
    @Test
    void aSenderHasTheNetworksThatAreLargerThanIt() {
        assertThat(networks(48)).isEmpty();
        assertThat(networks(52)).containsExactly("2001:db8:1::/48");
        assertThat(networks(56)).containsExactly("2001:db8:1::/48");
        assertThat(networks(57)).containsExactly("2001:db8:1:200::/56", "2001:db8:1::/48");
        assertThat(networks(128)).containsExactly("2001:db8:1:200::/56", "2001:db8:1::/48");
    }

    private static List<String> networks(int bits) {
        return ClientAddress.parse("2001:db8:1:203::25", bits).sender().networks().stream()
                .map(NetworkKey::text)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "2001:db8:1:2::25", "::ffff:192.0.2.1"})
    void aKeyTellsItsSender(String address) {
        for (int bits : new int[] {48, 56, 61, 64, 120, 128}) {
            SenderKey key = ClientAddress.parse(address, bits).sender();
            assertSame(SenderKey.ofBytes(key.bytes()), key);
            for (NetworkKey network : key.networks()) {
                assertSame(network.sender(network.memberOf(key)), key);
                assertThat(network.eventKey()).isEqualTo(key.network());
            }
        }
        assertSame(SenderKey.ofBytes(SenderKey.pool("acme").bytes()), SenderKey.pool("acme"));
    }

    private static void assertSame(SenderKey read, SenderKey key) {
        assertThat(read).isEqualTo(key);
        assertThat(read.text()).isEqualTo(key.text());
        assertThat(read.network()).isEqualTo(key.network());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "34", "34010203", "3620010db8000140", "3620010db800010002ff", "50", "7a01020304"})
    void noKeyIsTakenForASender(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> SenderKey.ofBytes(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNetworkIsReadAsItIsWritten() {
        assertThat(NetworkKey.parse("203.0.113.0/24"))
                .isEqualTo(sender("203.0.113.7").networks().get(0));
        assertThat(NetworkKey.parse("2001:db8:1:200::/56").eventKey()).isEqualTo("2001:db8:1::/48");
        assertThatThrownBy(() -> NetworkKey.parse("203.0.113.0/25"))
                .hasMessage(
                        "'203.0.113.0/25' is no network whose newcomers share a budget; there, such are 203.0.113.0/24");
        assertThatThrownBy(() -> NetworkKey.parse("2001:db8:1:2::/64")).hasMessageContaining("/56 and 2001:db8:1::/48");
        assertThatThrownBy(() -> NetworkKey.parse("nonsense/24")).isInstanceOf(IllegalArgumentException.class);
    }

    private static SenderKey sender(String address) {
        return ClientAddress.parse(address).sender();
    }
}
