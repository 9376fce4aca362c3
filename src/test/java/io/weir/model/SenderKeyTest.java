package io.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SenderKeyTest {
    @Test
    void anIpv4KeyIsItsFourBytes() {
        SenderKey key = sender("203.0.113.7");
        assertThat(key.bytes()).containsExactly('4', 203, 0, 113, 7);
        assertThat(key.networkBytes()).containsExactly('n', '4', 203, 0, 113);
        assertThat(key.isIpv6()).isFalse();
        assertThat(key.poolName()).isNull();
        assertThat(key).hasToString("203.0.113.7");
    }

    @Test
    void anIpv6KeyIsItsPrefixAndTheLength() {
        SenderKey key = sender("2001:db8:1:2::25");
        assertThat(key.bytes()).containsExactly('6', 0x20, 0x01, 0x0d, 0xb8, 0, 1, 0, 2, 64);
        assertThat(key.networkBytes()).containsExactly('n', '6', 0x20, 0x01, 0x0d, 0xb8, 0, 1);
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
        assertThat(key.networkBytes()).isEqualTo("nPacme".getBytes(StandardCharsets.UTF_8));
        assertThat(key.isIpv6()).isFalse();
    }

    @Test
    void byAConnectorItIsASenderOfItsOwnInTheSameNetwork() {
        SenderKey key = sender("203.0.113.7").via("hq");
        assertThat(key.bytes()).containsExactly('4', 203, 0, 113, 7, 'h', 'q', 2, 255);
        assertThat(key.networkBytes()).containsExactly('n', '4', 203, 0, 113, 'h', 'q', 2, 255);
        assertThat(key.network()).isEqualTo("203.0.113.0/24");
        assertThat(key).hasToString("203.0.113.7 via connector:hq");
        assertThat(key.connector()).isEqualTo("hq");
        assertThat(SenderKey.isVia(key.text())).isTrue();
        assertThat(SenderKey.withoutConnector(key.text())).isEqualTo("203.0.113.7");
        assertThat(sender("203.0.113.7").connector()).isNull();
        assertThatThrownBy(() -> key.via("other")).isInstanceOf(IllegalStateException.class);

        SenderKey pool = SenderKey.pool("acme").via("hq");
        assertThat(pool.poolName()).isEqualTo("acme");
        assertThat(pool.network()).isEqualTo("pool:acme");
        assertThat(pool.networkBytes()).isNotEqualTo(SenderKey.pool("acme").networkBytes());
        SenderKey ipv6 = sender("2001:db8:1:2::25").via("hq");
        assertThat(ipv6).hasToString("2001:db8:1:2::/64 via connector:hq");
        assertThat(ipv6.isIpv6()).isTrue();
        assertThat(ipv6.networkBytes()).containsExactly('n', '6', 0x20, 0x01, 0x0d, 0xb8, 0, 1, 'h', 'q', 2, 255);
    }

    @Test
    void fromTheKeysBehindItsOwnASenderTellsWhichAreIts() {
        SenderKey acme = SenderKey.pool("acme");
        assertThat(acme.viaOf(acme.via("hq").bytes())).isEqualTo(acme.via("hq"));
        for (SenderKey other : List.of(
                acme,
                SenderKey.pool("acme2"),
                SenderKey.pool("acme2").via("hq"),
                SenderKey.pool("acme-and-others"),
                sender("203.0.113.7").via("hq"))) {
            assertThat(acme.viaOf(other.bytes())).as(other.text()).isNull();
        }
    }

    @Test
    void noPoolPassesForASenderWithAConnector() {
        assertThatThrownBy(() -> SenderKey.pool("acme via connector:hq"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not contain ' via connector:'");
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
                sender("203.0.113.7").via("hq").bytes(),
                sender("203.0.113.8").bytes(),
                sender("203.0.114.1").bytes(),
                sender("2001:db8:1:1::1").bytes(),
                sender("2001:db8:1:2::1").bytes(),
                sender("2001:db8:2:1::1").bytes(),
                SenderKey.pool("a").bytes(),
                SenderKey.pool("\uD83D\uDE00").bytes(),
                SenderKey.pool("\uD83D\uDE00").via("hq").bytes(),
                sender("0.0.0.0").networkBytes(),
                SenderKey.pool("a").networkBytes());
        assertThat(sorted).isSortedAccordingTo(Arrays::compareUnsigned);
    }

    private static SenderKey sender(String address) {
        return ClientAddress.parse(address).sender();
    }
}
