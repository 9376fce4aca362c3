package io.weir.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.model.ConnectionEvent;
import io.weir.throttle.EdgeMarks;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class MarkStoreTest {
    private final KeyValueStore<Bytes, byte[]> store = InMemoryStore.open();
    private final EdgeMarks marks = MarkStore.marks(store);

    @Test
    void marksAndTheNewestTimeComeBackFromTheStore() {
        marks.advance("mx1", 10, 5_000);
        marks.advance("mx-ü", 7, 3_000);
        marks.advance("mx1", ConnectionEvent.NO_SEQ, 4_000);

        EdgeMarks restored = MarkStore.marks(store);
        assertThat(restored.isDuplicate("mx1", 10)).isTrue();
        assertThat(restored.isDuplicate("mx1", 11)).isFalse();
        assertThat(restored.isDuplicate("mx-ü", 7)).isTrue();
        assertThat(restored.newestMs()).isEqualTo(5_000).isEqualTo(MarkStore.newestMs(store));
    }

    @Test
    void whatIsForgottenLeavesTheStore() {
        for (int i = 0; i <= EdgeMarks.MOST_EDGES; i++) {
            marks.advance("edge" + i, 5, 1_000 + i);
        }

        assertThat(store.approximateNumEntries()).isEqualTo(EdgeMarks.MOST_EDGES);
        assertThat(MarkStore.marks(store).isDuplicate("edge0", 5)).isFalse();
        assertThat(MarkStore.marks(store).isDuplicate("edge1", 5)).isTrue();
    }
}
