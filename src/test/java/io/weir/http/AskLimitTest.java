package io.weir.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AskLimitTest {
    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final AskLimit limit = new AskLimit(clock::get);

    @Test
    void aNetworkHasItsBurstAndThenItsRate() {
        assertThat(admitted("203.0.113.7", 100)).isEqualTo(AskLimit.BURST);
        assertThat(limit.admits("203.0.113.200")).isFalse();
        assertThat(limit.admits("198.51.100.1")).isTrue();
        clock.addAndGet(60_000);
        assertThat(admitted("203.0.113.9", 100)).isEqualTo(AskLimit.PER_MINUTE);
    }

    @Test
    void addressesOfOneCustomerAreOneNetwork() {
        int admitted = IntStream.range(0, 100)
                .map(i -> limit.admits("2001:db8:1:" + Integer.toHexString(i) + "::1") ? 1 : 0)
                .sum();
        assertThat(admitted).isEqualTo(AskLimit.BURST);
    }

    @Test
    void allTogetherHaveTheirRate() {
        int admitted = IntStream.range(0, 200)
                .map(i -> limit.admits("10." + i + ".0.1") ? 1 : 0)
                .sum();
        assertThat(admitted).isEqualTo(AskLimit.ALL_PER_SECOND);
        clock.addAndGet(100);
        assertThat(IntStream.range(200, 400)
                        .filter(i -> limit.admits("10." + i % 250 + ".1.1"))
                        .count())
                .isEqualTo(AskLimit.ALL_PER_SECOND / 10);
    }

    @Test
    void aClockThatGoesBackGivesNothingAway() {
        admitted("203.0.113.7", 100);
        clock.addAndGet(-500_000);
        assertThat(limit.admits("203.0.113.7")).isFalse();
    }

    @Test
    void whatIsNoAddressIsOneNeighbourhood() {
        assertThat(admitted("nonsense", 50)).isEqualTo(AskLimit.BURST);
        assertThat(limit.admits("other")).isFalse();
    }

    private int admitted(String from, int asked) {
        return (int) IntStream.range(0, asked).filter(i -> limit.admits(from)).count();
    }
}
