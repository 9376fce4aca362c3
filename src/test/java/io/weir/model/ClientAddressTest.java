package io.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
    @ParameterizedTest
    @CsvSource({
        // What connected, its canonical text, the sender it counts for, the network that keys its events.
        "203.0.113.7, 203.0.113.7, 203.0.113.7, 203.0.113.0/24",
        "255.255.255.255, 255.255.255.255, 255.255.255.255, 255.255.255.0/24",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64, 2001:db8:1::/48",
        "2001:DB8:0001:0002::25, 2001:db8:1:2::25, 2001:db8:1:2::/64, 2001:db8:1::/48",
        "2001:db8::, 2001:db8::, 2001:db8::/64, 2001:db8::/48",
        // IPv4 that travels inside IPv6 is IPv4: mapped, NAT64, 6to4.
        "::ffff:203.0.113.7, 203.0.113.7, 203.0.113.7, 203.0.113.0/24",
        "::ffff:cb00:7107, 203.0.113.7, 203.0.113.7, 203.0.113.0/24",
        "64:ff9b::203.0.113.7, 203.0.113.7, 203.0.113.7, 203.0.113.0/24",
        "64:ff9b::cb00:7107, 203.0.113.7, 203.0.113.7, 203.0.113.0/24",
        "2002:cb00:7107::1, 203.0.113.7, 203.0.113.7, 203.0.113.0/24",
        // Neighbours of those that are not: another prefix, and bits set before the embedded address.
        "64:ff9b:1::203.0.113.7, 64:ff9b:1::cb00:7107, 64:ff9b:1::/64, 64:ff9b:1::/48",
        "64:ff9b:0:1::203.0.113.7, 64:ff9b:0:1::cb00:7107, 64:ff9b:0:1::/64, 64:ff9b::/48",
        "::fffe:203.0.113.7, ::fffe:cb00:7107, ::/64, ::/48",
        "2003:cb00:7107::1, 2003:cb00:7107::1, 2003:cb00:7107::/64, 2003:cb00:7107::/48",
    })
    void oneFormOneSenderOneNetwork(String text, String canonical, String sender, String network) {
        ClientAddress address = ClientAddress.parse(text);
        assertThat(address.text()).isEqualTo(canonical);
        assertThat(address.sender().text()).isEqualTo(sender);
        assertThat(address.sender().network()).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({
        "48, 2001:db8:1::/48",
        "56, 2001:db8:1:ff00::/56",
        "60, 2001:db8:1:fff0::/60",
        "64, 2001:db8:1:ffff::/64",
        "65, 2001:db8:1:ffff:8000::/65",
        "127, 2001:db8:1:ffff:ffff:ffff:ffff:fffe/127",
        "128, 2001:db8:1:ffff:ffff:ffff:ffff:ffff",
    })
    void thePrefixThatMakesASenderCanBeSet(int prefixLength, String sender) {
        SenderKey key = ClientAddress.parse("2001:db8:1:ffff:ffff:ffff:ffff:ffff", prefixLength)
                .sender();
        assertThat(key.text()).isEqualTo(sender);
        assertThat(key.network()).isEqualTo("2001:db8:1::/48");
        assertThat(key.isIpv6()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 47, 129})
    void aPrefixLengthMustBe48To128(int prefixLength) {
        assertThatThrownBy(() -> ClientAddress.parse("203.0.113.7", prefixLength))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("IPv6 sender prefix must be 48 to 128, got " + prefixLength);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.255",
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "169.254.1.1",
                "0.0.0.0",
                "224.0.0.1",
                "239.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00::1",
                "fc00::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.1.2.3",
                "64:ff9b::192.168.1.1",
                "2002:a01:203::1"
            })
    void whatNeverComesFromOutsideIsExempt(String text) {
        assertThat(ClientAddress.parse(text).exempt()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "126.255.255.255",
                "128.0.0.1",
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "169.253.1.1",
                "169.255.0.0",
                "0.0.0.1",
                "223.255.255.255",
                "240.0.0.1",
                "2001:db8::1",
                "::2",
                "fec0::1",
                "2002:cb00:7107::1"
            })
    void itsNeighboursAreNot(String text) {
        assertThat(ClientAddress.parse(text).exempt()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "...",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.256",
                "1.2.3.4 ",
                " 1.2.3.4",
                "1.2.3.04",
                "01.2.3.4",
                "1.2.3.0x4",
                "0x01020304",
                "16909060",
                "1.2.3.-4",
                "1.2.3.4/32",
                "1.2.3.0/24",
                "1.2.3.*",
                "1.2.3.4-5",
                "1.2.3.4:25",
                "[2001:db8::1]",
                "2001:db8::1%eth0",
                "2001:db8::/64",
                "2001:db8:::1",
                "2001:db8::1::2",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "g::",
                ":",
                "*",
                "mx.example.org",
                "\u0661.2.3.4",
                "1.2.3.4\n",
                "1.2.3.4\u0000",
                "unknown"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> ClientAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an IP address: '" + text + "'");
    }

    @Test
    void aLongTextIsNotRepeatedWhole() {
        assertThatThrownBy(() -> ClientAddress.parse("1".repeat(100_000)))
                .hasMessage("not an IP address: '" + "1".repeat(60) + "...'");
    }
}
