package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimitTest {
    private long nanos;
    private final RateLimit limit = new RateLimit(10, () -> nanos);

    private int taken(String address, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += limit.take(address) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void asManyAtOnceAsInASecondAndThenEvenly() {
        assertThat(taken("203.0.113.7", 25)).isEqualTo(10);
        nanos += 300_000_000;
        assertThat(taken("203.0.113.7", 25)).isEqualTo(3);
        nanos += 60_000_000_000L;
        assertThat(taken("203.0.113.7", 25)).isEqualTo(10);
    }

    @Test
    void eachClientHasItsOwnAndOneOfIpv6ItsWhole64() {
        assertThat(taken("203.0.113.7", 25)).isEqualTo(10);
        assertThat(taken("203.0.113.8", 25)).isEqualTo(10);
        assertThat(taken("2001:db8::1", 6) + taken("2001:db8::2", 6)).isEqualTo(10);
        assertThat(taken("2001:db8:0:1::1", 25)).isEqualTo(10);
        assertThat(taken("fe80::1%eth0", 25)).isEqualTo(10);
    }

    @Test
    void itRemembersABoundedNumberAndThoseWhoAskMost() {
        assertThat(taken("203.0.113.7", 10)).isEqualTo(10);
        for (int i = 0; i < 3 * RateLimit.MOST_CLIENTS; i++) {
            limit.take("10." + (i >> 16 & 255) + "." + (i >> 8 & 255) + "." + (i & 255));
            assertThat(limit.take("203.0.113.7")).isFalse();
        }
        assertThat(limit.clients()).isEqualTo(RateLimit.MOST_CLIENTS);
    }
}
