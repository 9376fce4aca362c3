package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.throttle.Controls;
import io.weir.throttle.SenderState;
import io.weir.throttle.Throttle;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class SenderCacheTest {
    private static final SenderState STATE = new Throttle(TopologyFixture.CASE_IDS)
            .step(null, network -> null, TestEvents.admitted("203.0.113.7", TestEvents.NOON, 1), Controls.NONE)
            .sender();

    @Test
    void atTheBoundTheOneThatWasUsedLeastRecentlyGoes() {
        SenderCache cache = new SenderCache(2 * SenderCache.BYTES_PER_SENDER);
        SenderCache.Partition partition = cache.partition();
        partition.put(key("a"), STATE);
        partition.put(key("b"), STATE);
        assertThat(partition.sender(key("a"))).isSameAs(STATE);
        partition.put(key("c"), STATE);

        assertThat(partition.sender(key("b"))).isNull();
        assertThat(partition.sender(key("a"))).isSameAs(STATE);
        assertThat(partition.sender(key("c"))).isSameAs(STATE);
        assertThat(cache.held()).isEqualTo(2);
    }

    @Test
    void theBoundIsForAllPartitionsTogether() {
        SenderCache cache = new SenderCache(2 * SenderCache.BYTES_PER_SENDER);
        SenderCache.Partition one = cache.partition();
        SenderCache.Partition two = cache.partition();
        one.put(key("a"), STATE);
        one.put(key("b"), STATE);
        two.put(key("c"), STATE);
        assertThat(cache.held()).isEqualTo(2);

        one.clear();
        assertThat(cache.held()).isZero();
        two.put(key("c"), STATE);
        two.put(key("c"), STATE);
        assertThat(two.sender(key("c"))).isSameAs(STATE);
        two.remove(key("c"));
        two.remove(key("c"));
        assertThat(cache.held()).isZero();
    }

    @Test
    void withoutMemoryNothingIsHeld() {
        SenderCache cache = new SenderCache(0);
        SenderCache.Partition partition = cache.partition();
        partition.put(key("a"), STATE);

        assertThat(partition.sender(key("a"))).isNull();
        assertThat(cache.held()).isZero();
    }

    private static Bytes key(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
