package io.weir.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    private static final Networks NETWORKS = Networks.parse("203.0.113.0/24, 198.51.100.7,2001:db8::/32");

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.0", "203.0.113.255", "198.51.100.7", "2001:db8:1::1", "::ffff:203.0.113.9"})
    void whatIsInside(String address) {
        assertThat(NETWORKS.contains(ClientAddress.parse(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.112.255", "203.0.114.0", "198.51.100.8", "2001:db9::1"})
    void whatIsOutside(String address) {
        assertThat(NETWORKS.contains(ClientAddress.parse(address))).isFalse();
    }

    @Test
    void noneContainsNothing() {
        assertThat(Networks.parse(" ").isEmpty()).isTrue();
        assertThat(Networks.parse("").contains(ClientAddress.parse("203.0.113.7")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.7/24",
                "203.0.113",
                "*",
                "/8",
                "203.0.113.0/33",
                "203.0.113.0-9",
                "example.org",
                "203.0.113.0/24,",
                "::/"
            })
    void whatIsNoNetworkIsNamed(String text) {
        assertThatThrownBy(() -> Networks.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not a network: '");
    }
}
